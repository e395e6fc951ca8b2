import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { Notice } from '../../components/notice.tsx'
import { PinPad } from '../../components/pin-pad.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { UserView } from '../../contract/views.ts'
import { troubleSentence } from '../../words/sentences.ts'
import { initialsOf } from '../initials.ts'
import { practicePins } from '../practice.ts'
import { useAnswer, useRun, useShop, useTill } from '../shop.tsx'

/** Who works at this till: a name, and a PIN. */
export function SignInScreen() {
  const words = useWords()
  const { pos } = useShop()
  const isPractice = useTill(({ till }) => till?.sandbox === true)
  const warnings = useTill(({ till }) => till?.warnings ?? noWarnings)
  const users = useAnswer('users', () => pos.session.users())?.answer.filter((user) => user.active)
  const [picked, choose] = useState<UserView | null>(null)
  const chosen = picked ?? (users?.length === 1 ? (users[0] ?? null) : null)
  return (
    <div className="sign-in">
      <div className="sign-in-card">
        <section className="sign-in-who">
          <h1>{words.signIn.title}</h1>
          <p className="soft">{words.signIn.who}</p>
          {users?.length === 0 && <Notice tone="attention">{words.signIn.noUsers}</Notice>}
          <ul className="scrolls">
            {users?.map((user) => (
              <li key={user.id}>
                <UserButton user={user} isChosen={user.id === chosen?.id} onPress={() => choose(user)} />
              </li>
            ))}
          </ul>
          {isPractice && (
            <p className="practice-pins">
              {words.signIn.practice(practicePins.cashier, practicePins.administrator)}
            </p>
          )}
          {warnings.map((warning) => (
            <Notice key={warning} tone="attention">
              {warning}
            </Notice>
          ))}
        </section>
        <section className="sign-in-pin">
          {chosen === null ? (
            <div className="empty">
              <Icon name="person" size={52} />
              <p>{words.signIn.choose}</p>
            </div>
          ) : (
            <SignInPin key={chosen.id} user={chosen} />
          )}
        </section>
      </div>
    </div>
  )
}

const noWarnings: readonly string[] = []

function UserButton(props: {
  readonly user: UserView
  readonly isChosen: boolean
  readonly onPress: () => void
}) {
  const words = useWords()
  const { name, role } = props.user
  return (
    <Button label={name} className="choice user" large pressed={props.isChosen} onPress={props.onPress}>
      <span className="user-initials" aria-hidden="true">
        {initialsOf(name)}
      </span>
      <span className="choice-what">
        <strong>{name}</strong>
        <span>{words.signIn[role]}</span>
      </span>
    </Button>
  )
}

function SignInPin({ user }: { readonly user: UserView }) {
  const words = useWords()
  const { pos } = useShop()
  const { busy, trouble, run } = useRun()
  const [tries, setTries] = useState(0)
  const signIn = async (pin: string) => {
    const done = await run('signIn', () => pos.session.signIn({ userId: user.id, pin }), { quiet: true })
    if (done === null) setTries((now) => now + 1)
  }
  return (
    <PinPad
      key={tries}
      label={words.signIn.pinOf(user.name)}
      button={words.signIn.signIn}
      busy={busy !== null}
      fault={trouble === null ? null : troubleSentence(words, trouble).says}
      onPin={(pin) => void signIn(pin)}
    />
  )
}
