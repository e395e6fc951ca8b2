import type { ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { useWords } from '../components/words-context.tsx'
import { MessageLine } from './message-line.tsx'
import { useShop } from './shop.tsx'
import { goTo } from './ui-store.ts'

/** The frame of every screen but the sale: its name, the message line, and the way back. */
export function ScreenFrame(props: {
  readonly title: string
  readonly className?: string
  readonly children: ReactNode
}) {
  const words = useWords()
  const { ui } = useShop()
  return (
    <div className={`framed ${props.className ?? ''}`}>
      <header className="framed-head">
        <Button label={words.menu.sale} icon="back" keyCap="Esc" onPress={() => goTo(ui, 'sale')} />
        <h1>{props.title}</h1>
        <MessageLine />
      </header>
      <div className="framed-body">{props.children}</div>
    </div>
  )
}
