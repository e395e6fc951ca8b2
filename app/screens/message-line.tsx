import { useEffect } from 'react'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icons.tsx'
import { toneIcons } from '../components/notice.tsx'
import { useWords } from '../components/words-context.tsx'
import { useQuickAsk, useShop, useUi } from './shop.tsx'
import type { Message } from './ui-store.ts'

const goodFadesMs = 4000
const offerFadesMs = 12_000

/** The register's own display: what just happened. Trouble stays until it is dismissed or work goes on. */
export function MessageLine() {
  const words = useWords()
  const { ui, pos } = useShop()
  const ask = useQuickAsk()
  const message = useUi((state) => state.message)
  const messageId = message?.id ?? null
  const fadesMs = message === null ? null : fadesAfterMs(message)
  useEffect(() => {
    if (messageId === null || fadesMs === null) return
    const timer = setTimeout(() => ui.setState({ message: null }), fadesMs)
    return () => clearTimeout(timer)
  }, [ui, messageId, fadesMs])

  const dismiss = () => ui.setState({ message: null })
  return (
    <div className="message" data-tone={message?.tone ?? 'none'}>
      <div className="message-text" role={message?.tone === 'bad' ? 'alert' : 'status'}>
        {message === null ? (
          <span className="soft">{words.sale.ready}</span>
        ) : (
          <>
            <Icon name={toneIcons[message.tone]} />
            <p key={message.id}>
              <strong>{message.says}</strong>
              {message.next !== '' && <span> {message.next}</span>}
            </p>
          </>
        )}
      </div>
      {message?.offer === 'undo' && (
        <Button
          label={words.sale.undo}
          icon="undo"
          onPress={() => {
            dismiss()
            void ask(() => pos.sale.undo())
          }}
        />
      )}
      {message !== null && (
        <Button label={words.dismissMessage} icon="cross" iconOnly kind="quiet" onPress={dismiss} />
      )}
    </div>
  )
}

/** Null: it stays. */
function fadesAfterMs({ tone, offer }: Message): number | null {
  if (tone === 'bad' || tone === 'attention') return null
  return offer === null ? goodFadesMs : offerFadesMs
}
