import { useState, type CSSProperties } from 'react'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { PaperView } from '../../components/paper-view.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { PracticeView } from '../../contract/device-views.ts'
import { receiptBarcode, tillMark } from '../../domain/barcode.ts'
import { formatPayId } from '../../domain/slip.ts'
import { useAnswer, useQuickAsk, useRun, useShop, useTill, useUi } from '../shop.tsx'
import { useLive } from '../use-live.ts'
import { asSent } from './practice-codes.ts'

/** Scanner, printer and drawer of a practice till, beside whatever screen is shown. */
export function PracticePanel() {
  const isOpen = useUi(({ practiceOpen }) => practiceOpen)
  const isPractice = useTill(({ till }) => till !== null && till.sandbox && till.user !== null)
  return isOpen && isPractice ? <Panel /> : null
}

function Panel() {
  const words = useWords()
  const { pos, ui } = useShop()
  // It lies over one side of the screen: what is under it is wanted now and then.
  const [side, setSide] = useState<'right' | 'left'>('right')
  const view = useLive(
    () => pos.practice.current(),
    (listener: (now: PracticeView | null) => void) => pos.practice.onChanged(listener),
  )
  return (
    <aside className="practice scrolls" data-side={side} aria-label={words.devices.practice.title}>
      <header>
        <h2>{words.devices.practice.title}</h2>
        <Button
          label={words.devices.practice.otherSide}
          icon="back"
          iconOnly
          kind="quiet"
          onPress={() => setSide(side === 'right' ? 'left' : 'right')}
        />
        <Button
          label={words.close}
          icon="cross"
          iconOnly
          kind="quiet"
          onPress={() => ui.setState({ practiceOpen: false })}
        />
      </header>
      <Scanner makesSlips={view?.makesSlips ?? false} />
      {view !== null && <Drawer view={view} />}
      {view !== null && <Printer view={view} />}
    </aside>
  )
}

function Scanner({ makesSlips }: { readonly makesSlips: boolean }) {
  const words = useWords()
  const { pos } = useShop()
  const ask = useQuickAsk()
  const [code, setCode] = useState('')
  const [withAim, setWithAim] = useState(true)
  const says = words.devices.practice
  const scan = (raw: string) => {
    if (raw.trim() !== '') void ask(() => pos.practice.scan({ raw: asSent(raw.trim(), withAim) }))
  }
  return (
    <section aria-label={says.scanner}>
      <h3>
        <Icon name="scan" />
        {says.scanner}
      </h3>
      <form
        className="practice-scan"
        onSubmit={(event) => {
          event.preventDefault()
          scan(code)
        }}
      >
        <input
          aria-label={says.code}
          placeholder={says.code}
          value={code}
          maxLength={500}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button label={says.scan} kind="strong" type="submit" onPress={() => scan(code)} />
      </form>
      <label className="practice-check">
        <input type="checkbox" checked={withAim} onChange={(event) => setWithAim(event.target.checked)} />
        {says.withAim}
      </label>
      <Picks makesSlips={makesSlips} onPick={scan} />
    </section>
  )
}

/** Codes to press: some articles, the last receipt, the sticker, and slips as customers bring them. */
function Picks(props: { readonly makesSlips: boolean; readonly onPick: (code: string) => void }) {
  const { makesSlips, onPick } = props
  const words = useWords()
  const { pos } = useShop()
  const { run } = useRun()
  const [slip, setSlip] = useState('')
  const says = words.devices.practice
  const tillName = useTill(({ till }) => till?.tillName ?? '')
  const lastReceipt = useTill(({ sale }) => sale?.finished?.number ?? 0)
  const articles = useAnswer('articles', () => pos.article.favourites())?.answer ?? []
  const sticker = useAnswer('sticker', () => pos.terminal.suggestion())?.answer.seqrIdHint ?? ''
  const scanNewSlip = async () => {
    const made = await run('slip', () => pos.practice.newSlip())
    if (made === null) return
    setSlip(made.payId)
    onPick(made.payId)
  }
  const picks = [
    ...articles.flatMap(({ name, code }) => (code === null ? [] : [{ name, code }])).slice(0, 6),
    ...(lastReceipt > 0
      ? [{ name: says.receipt(lastReceipt), code: receiptBarcode(lastReceipt, tillMark(tillName)) }]
      : []),
    ...(slip === '' ? [] : [{ name: says.slip(formatPayId(slip)), code: slip }]),
    ...(sticker === '' ? [] : [{ name: says.sticker, code: sticker }]),
  ]
  return (
    <div className="practice-picks" role="group" aria-label={says.pick}>
      {picks.map(({ name, code }) => (
        <Button key={name} label={name} onPress={() => onPick(code)} />
      ))}
      {makesSlips && <Button label={says.newSlip} icon="plus" onPress={() => void scanNewSlip()} />}
    </div>
  )
}

function Drawer({ view: { drawer } }: { readonly view: PracticeView }) {
  const words = useWords()
  const { pos } = useShop()
  const ask = useQuickAsk()
  const says = words.devices.practice
  return (
    <section aria-label={says.drawer} className="practice-drawer" data-open={drawer.isOpen || undefined}>
      <h3>
        <Icon name="cash" />
        {says.drawer}: <strong role="status">{drawer.isOpen ? says.drawerOpen : says.drawerShut}</strong>
      </h3>
      {drawer.isOpen && (
        <Button label={says.shut} onPress={() => void ask(() => pos.practice.closeDrawer())} />
      )}
    </section>
  )
}

function Printer({ view: { printer, paper } }: { readonly view: PracticeView }) {
  const words = useWords()
  const { pos } = useShop()
  const ask = useQuickAsk()
  const says = words.devices.practice
  const { isInUse, ...condition } = printer
  const change = (part: Partial<typeof condition>) =>
    void ask(() => pos.practice.setPrinter({ ...condition, ...part }))
  const { paper: roll, isCoverOpen, isJammed, isOffline, hasPower } = condition
  return (
    <section aria-label={says.printer}>
      <h3>
        <Icon name="printer" />
        {says.printer}
      </h3>
      {!isInUse && <p className="soft">{says.notInUse}</p>}
      <div className="practice-faults">
        <Button label={says.paperLow} pressed={roll === 'low'} onPress={() => change({ paper: 'low' })} />
        <Button label={says.paperOut} pressed={roll === 'out'} onPress={() => change({ paper: 'out' })} />
        <Button
          label={says.refill}
          kind={roll === 'full' ? 'plain' : 'strong'}
          onPress={() => change({ paper: 'full' })}
        />
        <Button
          label={says.cover}
          pressed={isCoverOpen}
          onPress={() => change({ isCoverOpen: !isCoverOpen })}
        />
        <Button label={says.jam} pressed={isJammed} onPress={() => change({ isJammed: !isJammed })} />
        <Button label={says.offline} pressed={isOffline} onPress={() => change({ isOffline: !isOffline })} />
        <Button label={says.power} pressed={!hasPower} onPress={() => change({ hasPower: !hasPower })} />
      </div>
      {paper === null ? (
        <p className="soft">{says.noPaper}</p>
      ) : (
        <div
          className="practice-paper paper-preview"
          role="region"
          aria-label={says.paper}
          style={{ '--columns': paper.columns } as CSSProperties}
        >
          <PaperView paper={paper} />
        </div>
      )}
    </section>
  )
}
