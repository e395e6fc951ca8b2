import { useRef, useState, type FormEvent } from 'react'
import { AmountInput } from '../../components/amount-input.tsx'
import { Button } from '../../components/button.tsx'
import { Tabs } from '../../components/choose.tsx'
import { FieldNote } from '../../components/field.tsx'
import { afterKey, Keypad, type KeypadKey, type Typed } from '../../components/keypad.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { CountedView } from '../../contract/shift-views.ts'
import type { Pieces } from '../../domain/shift.ts'
import { readCounted } from '../entry.ts'
import { useCurrency, useRun, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { denominationsOf, readPieces, type TypedPieces } from './count-view.ts'

type Way = 'pieces' | 'sum'

/** Counting the drawer: by notes and coins, or only the sum. Without seeing what should be there. */
export function CountDrawer({ onCounted }: { readonly onCounted: (counted: CountedView) => void }) {
  const words = useWords()
  const { pos } = useShop()
  const running = useRun()
  const [way, setWay] = useState<Way>('pieces')
  const says = words.office.closing
  const send = async (countedMinor: number, pieces: readonly Pieces[]) => {
    const input = { countedMinor, pieces: [...pieces] }
    const done = await running.run('count', () => pos.shift.count(input), { quiet: true })
    if (done !== null) onCounted(done.counted)
  }
  const common = {
    busy: running.busy !== null,
    onDone: (sum: number, pieces: readonly Pieces[]) => void send(sum, pieces),
  }
  return (
    <section className="card count" aria-label={says.count}>
      <header className="count-head">
        <h2>{says.count}</h2>
        <Tabs
          label={says.count}
          value={way}
          options={[
            { value: 'pieces', label: says.byPieces },
            { value: 'sum', label: says.bySum },
          ]}
          onChange={setWay}
        />
      </header>
      <TroubleNotice trouble={running.trouble} />
      {way === 'pieces' ? <CountPieces {...common} /> : <CountSum {...common} />}
    </section>
  )
}

interface CountProps {
  readonly busy: boolean
  readonly onDone: (sumMinor: number, pieces: readonly Pieces[]) => void
}

function CountPieces({ busy, onDone }: CountProps) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const [typed, setTyped] = useState<TypedPieces>({})
  const [at, setAt] = useState<number | null>(null)
  const fields = useRef(new Map<number, HTMLInputElement>())
  const says = words.office.closing
  const { pieces, sumMinor, faults } = readPieces(typed, currency)
  const values = denominationsOf(currency)
  const focus = (valueMinor: number | undefined) => {
    const field = valueMinor === undefined ? undefined : fields.current.get(valueMinor)
    field?.focus()
    field?.select()
  }
  const press = (key: KeypadKey) => {
    const value = at ?? values[0]
    if (value === undefined) return
    setAt(value)
    setTyped((now) => ({ ...now, [value]: afterKey({ text: now[value] ?? '', fresh: false }, key).text }))
  }
  const next = (event: FormEvent) => {
    event.preventDefault()
    const index = at === null ? 0 : values.indexOf(at) + 1
    if (index < values.length) focus(values[index])
    else if (faults.length === 0) onDone(sumMinor, pieces)
  }
  return (
    <form className="count-form" onSubmit={next}>
      <div className="count-left">
        <ul className="count-pieces scrolls">
          {values.map((valueMinor) => {
            const name = amount(valueMinor)
            const count = Number(typed[valueMinor] ?? 0)
            return (
              <li key={valueMinor} data-at={at === valueMinor || undefined}>
                <label htmlFor={`pieces-${valueMinor}`}>{name}</label>
                <span aria-hidden="true">×</span>
                <input
                  id={`pieces-${valueMinor}`}
                  ref={(element) => {
                    if (element === null) fields.current.delete(valueMinor)
                    else fields.current.set(valueMinor, element)
                  }}
                  aria-label={says.pieces(name)}
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={5}
                  value={typed[valueMinor] ?? ''}
                  aria-invalid={faults.includes(valueMinor) || undefined}
                  onFocus={() => setAt(valueMinor)}
                  onChange={(event) => setTyped((now) => ({ ...now, [valueMinor]: event.target.value }))}
                />
                <output>{Number.isNaN(count) ? '' : amount(valueMinor * count)}</output>
              </li>
            )
          })}
        </ul>
        <FieldNote
          id="pieces-note"
          fault={faults.length === 0 ? null : says.piecesFault}
          note={says.countLong}
        />
      </div>
      <div className="count-right">
        <p className="count-sum" role="status">
          <span>{says.counted}</span>
          <strong>
            {amount(sumMinor)} <small>{currency}</small>
          </strong>
        </p>
        <Keypad whole onKey={press} />
        <Button
          label={says.done}
          kind="strong"
          large
          busy={busy}
          reason={faults.length === 0 ? null : says.piecesFault}
          onPress={() => onDone(sumMinor, pieces)}
        />
      </div>
    </form>
  )
}

function CountSum({ busy, onDone }: CountProps) {
  const words = useWords()
  const currency = useCurrency()
  const [typed, setTyped] = useState<Typed>({ text: '', fresh: true })
  const [isTried, setTried] = useState(false)
  const says = words.office.closing
  const read = readCounted(words, typed.text, currency)
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (read.ok) onDone(read.value, [])
  }
  return (
    <form className="count-form" onSubmit={submit}>
      <div className="count-left">
        <AmountInput
          label={says.sum}
          typed={typed}
          onTyped={setTyped}
          unit={currency}
          fault={isTried && !read.ok ? read.says : null}
        />
      </div>
      <div className="count-right">
        <Keypad onKey={(key) => setTyped((now) => afterKey(now, key))} />
        <Button label={says.done} kind="strong" large type="submit" busy={busy} onPress={submit} />
      </div>
    </form>
  )
}
