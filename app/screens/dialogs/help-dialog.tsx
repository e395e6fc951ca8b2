import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import { capText, keysWith } from '../keys.ts'
import { usePreferences, useShop } from '../shop.tsx'

const groups = ['sale', 'pay', 'anywhere'] as const

/** All keys at a glance, as they are set on this till. */
export function HelpDialog() {
  const words = useWords()
  const { ui } = useShop()
  const changes = usePreferences(({ keys }) => keys)
  const keys = keysWith(changes)
  return (
    <Layer
      title={words.help.title}
      onBack={() => ui.setState({ helpOpen: false })}
      size="large"
      className="help"
    >
      <p className="soft">{words.help.long}</p>
      <div className="help-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{words.help.groups[group]}</h3>
            <dl>
              {keys
                .filter((each) => each.group === group)
                .map(({ key, action }) => (
                  <div key={key}>
                    <dt>
                      <kbd>{capText(key)}</kbd>
                    </dt>
                    <dd>{words.keys[action]}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Layer>
  )
}
