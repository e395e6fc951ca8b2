import type { ReactNode } from 'react'
import { KeyCap } from '../../components/button.tsx'
import { Icon, type IconName } from '../../components/icons.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { TillView } from '../../contract/views.ts'
import type { Words } from '../../words/en.ts'
import { reservationsChip } from '../reservations-chip.ts'
import { useCap, useNow, useShop, useTill, useUi } from '../shop.tsx'
import { openDialog, type DialogState } from '../ui-store.ts'
import { chipsOf, type Chip } from '../status-chips.ts'

/** Always in sight: whose till it is, how its machines and services are, and that it is only practice. */
export function StatusBar() {
  const words = useWords()
  const { ui } = useShop()
  const till = useTill((state) => state.till)
  const isPaying = useTill((state) => state.payments !== null && state.payments.current !== null)
  const isAsked = useUi((state) => state.pin !== null)
  const connection = useTill((state) => state.connection)
  const helpCap = useCap('help')
  const isClosed = isPaying || isAsked
  const open = (dialog: DialogState) => openDialog(ui, dialog)
  return (
    <header className="bar" aria-label={words.bar.status}>
      <BarButton
        label={words.bar.menu}
        icon="menu"
        isDead={isClosed || till?.user == null}
        onPress={() => open({ kind: 'menu' })}
      />
      <div className="bar-till">
        <strong>{till === null || till.storeName === '' ? 'Kassa' : till.storeName}</strong>
        <span>{till !== null && tillName(words, till.tillName)}</span>
      </div>
      {till !== null && <People till={till} />}
      <div className="bar-space" />
      {till !== null &&
        connection !== 'connecting' &&
        chipsOf(words, till).map((chip) => (
          <ChipButton key={chip.id} chip={chip} isDead={isClosed} onPress={() => open(dialogOf(chip))} />
        ))}
      <HeldMoney isDead={isClosed} onPress={() => open({ kind: 'reservations' })} />
      {till !== null && till.sandbox && <Sandbox links={till.sandboxLinks} />}
      <BarButton
        label={words.bar.help}
        icon="help"
        cap={helpCap}
        isDead={false}
        onPress={() => ui.setState(({ helpOpen }) => ({ helpOpen: !helpOpen }))}
      />
    </header>
  )
}

function dialogOf({ id }: Chip): DialogState {
  if (id === 'payments') return { kind: 'openPayments' }
  return id === 'reservations' ? { kind: 'reservations' } : { kind: 'status', topic: id }
}

/** Only there while money is held or an end is to be read: one press from every screen. */
function HeldMoney({ isDead, onPress }: { readonly isDead: boolean; readonly onPress: () => void }) {
  const words = useWords()
  const payments = useTill((state) => state.payments)
  const chip = reservationsChip(words, payments, useNow(1000))
  return chip === null ? null : <ChipButton chip={chip} isDead={isDead} onPress={onPress} />
}

function tillName(words: Words, name: string): string {
  return /^\d+$/.test(name) ? words.bar.till(name) : name
}

function People({ till }: { readonly till: TillView }) {
  const words = useWords()
  const { user, shift } = till
  return (
    <div className="bar-people">
      <Icon name={till.unlockedUntilMs === null ? 'person' : 'unlock'} size={20} />
      <div>
        <strong>{user === null ? words.bar.nobody : user.name}</strong>
        <span>
          {till.unlockedUntilMs === null
            ? shift === null
              ? words.bar.noShift
              : words.bar.shift(shift.number)
            : words.bar.unlocked}
        </span>
      </div>
    </div>
  )
}

function ChipButton(props: { readonly chip: Chip; readonly isDead: boolean; readonly onPress: () => void }) {
  const { label, state, tone, icon } = props.chip
  return (
    <button
      type="button"
      className="chip"
      data-tone={tone}
      aria-label={`${label}: ${state}`}
      aria-disabled={props.isDead || undefined}
      onClick={() => !props.isDead && props.onPress()}
    >
      <Icon name={icon} size={20} />
      <span className="chip-text">
        <span>{label}</span>
        <strong>{state}</strong>
      </span>
    </button>
  )
}

function Sandbox({ links }: { readonly links: TillView['sandboxLinks'] }) {
  const words = useWords()
  const { ui } = useShop()
  return (
    <div className="sandbox" role="group" aria-label={words.bar.sandboxSays}>
      <strong className="sandbox-mark" title={words.bar.sandboxSays}>
        {words.bar.sandbox}
      </strong>
      {links !== null && (
        <>
          <OutLink to={links.phone} label={words.bar.phoneLong} icon="phone">
            {words.bar.phone}
          </OutLink>
          <button
            type="button"
            className="bar-link"
            aria-label={words.devices.practice.openLong}
            title={words.devices.practice.openLong}
            onClick={() => ui.setState(({ practiceOpen }) => ({ practiceOpen: !practiceOpen }))}
          >
            <Icon name="scan" size={18} />
            <span>{words.devices.practice.open}</span>
          </button>
          <OutLink to={links.control} label={words.bar.controlLong} icon="gear">
            {words.bar.control}
          </OutLink>
        </>
      )}
    </div>
  )
}

function OutLink(props: {
  readonly to: string
  readonly label: string
  readonly icon: IconName
  readonly children: ReactNode
}) {
  return (
    <a
      className="bar-link"
      href={props.to}
      target="_blank"
      rel="noreferrer"
      aria-label={props.label}
      title={props.label}
    >
      <Icon name={props.icon} size={18} />
      <span>{props.children}</span>
    </a>
  )
}

function BarButton(props: {
  readonly label: string
  readonly icon: IconName
  readonly isDead: boolean
  readonly cap?: string | undefined
  readonly onPress: () => void
}) {
  return (
    <button
      type="button"
      className="bar-button"
      aria-label={props.label}
      title={props.label}
      aria-disabled={props.isDead || undefined}
      aria-keyshortcuts={props.cap}
      onClick={() => !props.isDead && props.onPress()}
    >
      <Icon name={props.icon} />
      {props.cap !== undefined && <KeyCap text={props.cap} />}
    </button>
  )
}
