import { Button } from '../../components/button.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { UserView } from '../../contract/views.ts'
import type { Words } from '../../words/en.ts'
import { initialsOf } from '../initials.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useAnswer, useShop, useUi } from '../shop.tsx'
import { openDialog } from '../ui-store.ts'

/** Who may work at this till, and what they may do. */
function People() {
  const words = useWords()
  const { pos, ui } = useShop()
  const edits = useUi((state) => state.edits)
  const users = useAnswer(`users ${edits}`, () => pos.session.users())?.answer
  const says = words.office.people
  return (
    <ScreenFrame title={says.title} className="people">
      <section className="card">
        <ul className="people-list scrolls" aria-label={says.title}>
          {users?.map((user) => (
            <li key={user.id}>
              <Button
                label={user.name}
                className="choice person"
                onPress={() => openDialog(ui, { kind: 'person', person: user })}
              >
                <span className="user-initials" aria-hidden="true" data-out={!user.active || undefined}>
                  {initialsOf(user.name)}
                </span>
                <span className="choice-what">
                  <strong>
                    {user.name}
                    {!user.active && <em className="copy-mark">{says.inactive}</em>}
                  </strong>
                  <span>{mayText(words, user)}</span>
                </span>
              </Button>
            </li>
          ))}
        </ul>
        <div className="people-acts">
          <Button
            label={says.changePin}
            icon="lock"
            large
            onPress={() => openDialog(ui, { kind: 'changePin' })}
          />
          <Button
            label={says.add}
            icon="plus"
            kind="strong"
            large
            onPress={() => openDialog(ui, { kind: 'person', person: null })}
          />
        </div>
      </section>
    </ScreenFrame>
  )
}

function mayText(words: Words, { role, permissions }: UserView): string {
  if (role === 'administrator') return words.signIn.administrator
  return [words.signIn.cashier, ...permissions.map((each) => words.permission[each])].join(' · ')
}

export const peopleScreen: Screen = {
  id: 'people',
  place: 'elsewhere',
  icon: 'person',
  title: (words) => words.office.people.title,
  view: People,
  menu: 'configuration',
}
