import { useState } from 'react'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Tabs } from '../../components/choose.tsx'
import { Icon, type IconName } from '../../components/icons.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { ShiftNowView } from '../../contract/shift-views.ts'
import type { CashMove } from '../../domain/shift.ts'
import { useTimes } from '../times.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useAnswer, useCurrency, useRefused, useRun, useShop, useTill } from '../shop.tsx'
import { Reports } from './reports.tsx'
import { goTo, openDialog, tell } from '../ui-store.ts'

const moveKeys: readonly { readonly kind: CashMove['kind']; readonly icon: IconName }[] = [
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
        <>
          <div className="card">
            <div className="empty grow">
              <Icon name="cash" size={52} />
              <p>{words.shift.none}</p>
              <p className="soft">{words.shift.noneLong}</p>
            </div>
            <Button
              label={words.shift.open}
              kind="strong"
              large
              onPress={() => openDialog(ui, { kind: 'openShift' })}
            />
          </div>
          <Lists shift={null} />
        </>
      ) : (
        shift !== undefined && <OpenShift shift={shift} />
      )}
    </ScreenFrame>
  )
}

function OpenShift({ shift }: { readonly shift: ShiftNowView }) {
  const words = useWords()
  const times = useTimes()
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
          <span>{says.since(times.clock(shift.openedAtMs), shift.by)}</span>
        </p>
        <div className="shift-keys">
          {moveKeys.map(({ kind, icon }) => (
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
      <Lists shift={shift} />
    </>
  )
}

type List = 'moves' | 'reports'

function Lists({ shift }: { readonly shift: ShiftNowView | null }) {
  const words = useWords()
  const [list, setList] = useState<List>('moves')
  const says = words.office.shift
  return (
    <section className="card shift-lists" aria-label={says[list]}>
      <Tabs
        label={says.title}
        value={list}
        options={[
          { value: 'moves', label: says.moves },
          { value: 'reports', label: says.reports },
        ]}
        onChange={setList}
      />
      {list === 'moves' ? <Moves moves={shift?.moves ?? []} /> : <Reports />}
    </section>
  )
}

function Moves({ moves }: { readonly moves: readonly CashMove[] }) {
  const words = useWords()
  const times = useTimes()
  const currency = useCurrency()
  const says = words.office.shift
  return (
    <>
      {moves.length === 0 ? (
        <div className="empty">
          <Icon name="cash" size={44} />
          <p>{says.noMoves}</p>
        </div>
      ) : (
        <ul className="list scrolls">
          {moves.toReversed().map((move) => (
            <li key={`${move.atMs} ${move.kind} ${move.amountMinor} ${move.reason}`} className="list-line">
              <span className="choice-what">
                <strong>{says.move[move.kind]}</strong>
                <span>
                  {times.clock(move.atMs)} · {move.by} · {move.reason}
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
    </>
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
