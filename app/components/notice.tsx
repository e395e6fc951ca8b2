import type { ReactNode } from 'react'
import { Icon, type IconName } from './icons.tsx'

export type Tone = 'plain' | 'good' | 'attention' | 'bad'

export const toneIcons: Readonly<Record<Tone, IconName>> = {
  plain: 'info',
  good: 'tick',
  attention: 'warning',
  bad: 'stop',
}

/** A sentence with its mark. Bad ones interrupt a screen reader, the others wait for it. */
export function Notice(props: {
  readonly tone: Tone
  readonly title?: string
  readonly children?: ReactNode
  readonly live?: boolean
}) {
  const { tone, title, children, live = false } = props
  const role = live ? (tone === 'bad' ? 'alert' : 'status') : undefined
  return (
    <div className={`notice notice-${tone}`} role={role}>
      <Icon name={toneIcons[tone]} />
      <div>
        {title !== undefined && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  )
}
