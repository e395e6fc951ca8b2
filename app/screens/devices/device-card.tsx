import type { ReactNode } from 'react'
import { Icon, type IconName } from '../../components/icons.tsx'
import { toneIcons, type Tone } from '../../components/notice.tsx'

/** One kind of device: its name, and below it how it is, its settings and its tests. */
export function DeviceCard(props: {
  readonly title: string
  readonly icon: IconName
  readonly className?: string
  readonly children: ReactNode
}) {
  return (
    <section className={`device-card ${props.className ?? ''}`} aria-label={props.title}>
      <h2>
        <Icon name={props.icon} size={26} />
        {props.title}
      </h2>
      {props.children}
    </section>
  )
}

/** How a device is, live. */
export function DeviceState(props: {
  readonly tone: Tone
  readonly name: string
  readonly state: string
  readonly detail?: string
}) {
  const { tone, name, state, detail = '' } = props
  return (
    <p className="device-state" data-tone={tone} role="status">
      <Icon name={toneIcons[tone]} size={20} />
      <span>
        {name !== '' && <strong>{name}: </strong>}
        {state}
        {detail !== '' && <small>{detail}</small>}
      </span>
    </p>
  )
}
