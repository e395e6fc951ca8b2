import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Icon, type IconName } from '../../components/icons.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { ShiftNowView } from '../../contract/shift-views.ts'
import type { CashMove } from '../../domain/shift.ts'
import { clockText } from '../entry.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useAnswer, useCurrency, useRefused, useRun, useShop, useTill } from '../shop.tsx'
import { goTo, openDialog, tell } from '../ui-store.ts'

const moves: readonly { readonly kind: CashMove['kind']; readonly icon: IconName }[] = [
  { kind: 'in', icon: 'plus' },
  { kind: 'out', icon: 'minus' },
  { kind: 'drop', icon: 'lock' },
]

/** The shift that is open: cash that comes and goes without a sale, the X report, and the way to the close. */
function Shift() {
  const words = useWords()
  const { pos, ui } = useShop()
  const shiftId = useTill(({ till }) => till?.shift?.id ?? null)
  // A slip is printed for every move: the newest print says when to look again.
  const newest = useTill(({ papers }) => papers[0]?.id ?? '')
  const shift = useAnswer(shiftId === null ? null : `${shiftId} ${newest}`, () => pos.shift.current())?.answer
  return (
    <ScreenFrame title={words.office.shift.title} className="shift">
      {shiftId === null || shift === null ? (
        <div className="card empty">
          <Icon name="cash" size={52} />
          <p>{words.shift.none}</p>
          <p className="soft">{words.shift.noneLong}</p>
          <Button
            label={words.shift.open}
            kind="strong"
            large
            onPress={() => openDialog(ui, { kind: 'openShift' })}
          />
        </div>
      ) : (
        shift !== undefined && <OpenShift shift={shift} />
      )}
    </ScreenFrame>
  )
}

function OpenShift({ shift }: { readonly shift: ShiftNowView }) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const refuse = useRefused()
  const says = words.office.shift
  const xReport = async () => {
    const done = await run('x', () => pos.shift.xReport())
    if (done === null) return
    tell(ui, 'good', says.xDone(done.number))
    openDialog(ui, { kind: 'paper', jobId: done.jobId, title: `${says.xReport} ${done.number}` })
  }
  return (
    <>
      <section className="card shift-acts" aria-label={says.number(shift.number)}>
        <p className="shift-now">
          <strong>{says.number(shift.number)}</strong>
          <span>{says.since(clockText(shift.openedAtMs, words.locale), shift.by)}</span>
        </p>
        <div className="shift-keys">
          {moves.map(({ kind, icon }) => (
            <Button
              key={kind}
              label={says.move[kind]}
              icon={icon}
              large
              onPress={() => openDialog(ui, { kind: 'moveCash', move: kind })}
            />
          ))}
          <Button
            label={says.drawer}
            icon="unlock"
            large
            reason={shift.hasDrawer ? null : says.noDrawer}
            onRefused={refuse}
            onPress={() => openDialog(ui, { kind: 'openDrawer' })}
          />
          <Button
            label={says.xReport}
            icon="receipt"
            large
            busy={busy === 'x'}
            onPress={() => void xReport()}
          />
        </div>
        <div className="grow" />
        <p className="soft">{says.closeLong}</p>
        <Button label={says.close} icon="leave" kind="strong" large onPress={() => goTo(ui, 'closeShift')} />
      </section>
      <Moves shift={shift} />
    </>
  )
}

function Moves({ shift }: { readonly shift: ShiftNowView }) {
  const words = useWords()
  const currency = useCurrency()
  const says = words.office.shift
  return (
    <section className="card shift-moves" aria-label={says.moves}>
      <h2>{says.moves}</h2>
      {shift.moves.length === 0 ? (
        <div className="empty">
          <Icon name="cash" size={44} />
          <p>{says.noMoves}</p>
        </div>
      ) : (
        <ul className="list scrolls">
          {shift.moves.toReversed().map((move) => (
            <li key={`${move.atMs} ${move.kind} ${move.amountMinor} ${move.reason}`} className="list-line">
              <span className="choice-what">
                <strong>{says.move[move.kind]}</strong>
                <span>
                  {clockText(move.atMs, words.locale)} · {move.by} · {move.reason}
                </span>
              </span>
              <Amount
                minor={move.kind === 'in' ? move.amountMinor : -move.amountMinor}
                currency={currency}
                className="list-amount"
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

export const shiftScreen: Screen = {
  id: 'shift',
  place: 'elsewhere',
  icon: 'cash',
  title: (words) => words.office.shift.title,
  view: Shift,
  menu: 'till',
}
