import { useId, type MouseEvent, type ReactNode, type Ref } from 'react'
import { Icon, type IconName } from './icons.tsx'

export type ButtonKind = 'plain' | 'strong' | 'money' | 'danger' | 'quiet'

export interface ButtonProps {
  readonly label: string
  readonly onPress: () => void
  readonly kind?: ButtonKind
  readonly large?: boolean
  readonly icon?: IconName
  /** The key that does the same, as it is printed on the keyboard. */
  readonly keyCap?: string | undefined
  /** Shows the icon alone; the label is still read out. */
  readonly iconOnly?: boolean
  /** Why it cannot be pressed now; null when it can. It stays in the tab order, and pressing it tells the reason. */
  readonly reason?: string | null | undefined
  readonly onRefused?: ((reason: string) => void) | undefined
  readonly busy?: boolean
  readonly pressed?: boolean
  readonly className?: string
  readonly children?: ReactNode
  readonly type?: 'button' | 'submit'
  readonly autoFocus?: boolean
  readonly describedBy?: string | undefined
  readonly ref?: Ref<HTMLButtonElement>
}

/** Something to press. Never taken out of the page while it cannot be: it says why instead. */
export function Button({ ref, label, icon, keyCap, onPress, ...props }: ButtonProps) {
  const { iconOnly = false, reason = null, busy = false, children, describedBy, type = 'button' } = props
  const reasonId = useId()
  const press = (event: MouseEvent) => {
    if (type === 'submit' && !busy && reason === null) return
    event.preventDefault()
    if (busy) return
    if (reason === null) onPress()
    else props.onRefused?.(reason)
  }
  return (
    <button
      ref={ref}
      type={type}
      className={classesOf(props)}
      aria-label={iconOnly || children !== undefined ? label : undefined}
      aria-disabled={reason !== null || busy ? true : undefined}
      aria-describedby={describedBy ?? (reason === null ? undefined : reasonId)}
      aria-keyshortcuts={keyCap}
      aria-pressed={props.pressed}
      data-busy={busy || undefined}
      title={iconOnly ? label : undefined}
      // The one button that ends a dialog may have the focus from the start.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus={props.autoFocus}
      onClick={press}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon !== undefined && <Icon name={icon} />}
      {children ?? (!iconOnly && <span className="label">{label}</span>)}
      {keyCap !== undefined && <KeyCap text={keyCap} />}
      {reason !== null && describedBy === undefined && (
        <span id={reasonId} className="unseen">
          {reason}
        </span>
      )}
    </button>
  )
}

export function KeyCap({ text }: { readonly text: string }) {
  return (
    <kbd className="key-cap" aria-hidden="true">
      {text}
    </kbd>
  )
}

function classesOf({ kind = 'plain', large = false, className }: Partial<ButtonProps>): string {
  return ['button', `button-${kind}`, large ? 'button-large' : '', className ?? ''].filter(Boolean).join(' ')
}
