import { useState } from 'react'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Tabs } from '../../components/choose.tsx'
import { Icon } from '../../components/icons.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { BookedReceiptView } from '../../contract/journal-views.ts'
import { percentText, quantityText, unitText } from '../../domain/numerals.ts'
import { PaperPreview } from '../paper-preview.tsx'
import { useAnswer, useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { useTimes } from '../times.ts'
import { tenderName } from '../tender-name.ts'
import { goTo, tell } from '../ui-store.ts'

/** One receipt: what is on it, the papers that were printed of it, and a copy of it. */
export function ReceiptDetail({
  receiptId,
  onOpen,
}: {
  readonly receiptId: string | null
  readonly onOpen: (receiptId: string) => void
}) {
  const words = useWords().journalBook.journal
  const { pos } = useShop()
  const printed = useTill(({ papers }) => papers.map(({ id, state }) => `${id}${state}`).join(' '))
  const got = useAnswer(receiptId === null ? null : `${receiptId} ${printed}`, () =>
    pos.journal.receipt({ receiptId: receiptId ?? '' }),
  )
  const receipt = got?.answer.ok === true ? got.answer.receipt : null
  if (receiptId === null || receipt === null || receipt.receiptId !== receiptId)
    return (
      <aside className="journal-side empty">
        <Icon name="receipt" size={44} />
        <p>{words.choose}</p>
      </aside>
    )
  return <Receipt key={receiptId} receipt={receipt} onOpen={onOpen} />
}

interface ReceiptProps {
  readonly receipt: BookedReceiptView
  readonly onOpen: (receiptId: string) => void
}

function Receipt({ receipt, onOpen }: ReceiptProps) {
  const { journalBook, books } = useWords()
  const times = useTimes()
  const words = journalBook.journal
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const [shown, show] = useState<string>('details')
  const { receiptId, number, kind, atMs, cashier, papers } = receipt
  const title = (kind === 'sale' ? words.receipt : words.refund)(number)
  const reprint = async () => {
    if ((await run('reprint', () => pos.paper.reprint({ receiptId }))) === null) return
    show('copy')
    tell(ui, 'good', words.reprinted)
  }
  const refund = () => {
    ui.setState({ refundOf: receiptId })
    goTo(ui, 'refund')
  }
  const original = papers.findLast(({ copy }) => !copy) ?? null
  const copy = papers.find((paper) => paper.copy) ?? null
  const options = [
    { value: 'details', label: words.details },
    { value: 'original', label: words.original },
    ...(copy === null ? [] : [{ value: 'copy', label: words.copy }]),
  ]
  return (
    <aside className="journal-side" aria-label={title}>
      <header className="journal-head">
        <div>
          <h2>{title}</h2>
          <span className="soft">
            {times.dateTime(atMs)} · {cashier}
          </span>
        </div>
        <div className="journal-head-acts">
          {kind === 'sale' && <Button label={books.refund.start} icon="turn" onPress={refund} />}
          <Button label={words.reprint} icon="printer" busy={busy !== null} onPress={() => void reprint()} />
        </div>
      </header>
      <Tabs label={words.papers} value={shown} options={options} onChange={show} />
      {shown === 'details' && <Details receipt={receipt} onOpen={onOpen} />}
      {shown === 'original' &&
        (original === null ? <p className="empty soft">{words.noPaper}</p> : <PaperPreview job={original} />)}
      {shown === 'copy' && <PaperPreview job={copy} />}
    </aside>
  )
}

function Details({ receipt, onOpen }: ReceiptProps) {
  const allWords = useWords()
  const words = allWords.journalBook.journal
  const currency = useCurrency()
  const { rows, discountMinor, totalMinor, roundingMinor, vat, tenders, refundOf, refunds } = receipt
  return (
    <div className="journal-details scrolls">
      {refundOf !== null && (
        <Button label={words.refundOf(refundOf.number)} onPress={() => onOpen(refundOf.receiptId)} />
      )}
      <table aria-label={words.rows}>
        <tbody>
          {rows.map(({ id, name, quantityThousandths, unit, totalMinor: minor, note }) => (
            <tr key={id}>
              <td>
                {name}
                {note !== '' && <small>{note}</small>}
              </td>
              <td className="number soft">
                {quantityText(quantityThousandths, allWords.numerals)} {unitText(unit, allWords.numerals)}
              </td>
              <td className="number">
                <Amount minor={minor} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {discountMinor !== 0 && <Sum name={words.discount} minor={-discountMinor} />}
          <Sum name={words.total} minor={totalMinor} isTotal />
          {tenders.map((tender) => (
            <Sum
              key={tender.id}
              name={tenderName(allWords, tender)}
              detail={[tender.reference, tender.byHand ? words.byHand : ''].filter(Boolean).join(' · ')}
              minor={tender.amountMinor}
            />
          ))}
          {roundingMinor !== 0 && <Sum name={words.rounding} minor={roundingMinor} />}
        </tfoot>
      </table>
      <table aria-label={words.vat} className="journal-vat">
        <thead>
          <tr>
            <th scope="col">{words.vat}</th>
            <th scope="col" className="number">
              {words.net}
            </th>
            <th scope="col" className="number">
              {words.vat}
            </th>
            <th scope="col" className="number">
              {words.gross}
            </th>
          </tr>
        </thead>
        <tbody>
          {vat.map(({ vatBasisPoints, netMinor, vatMinor, grossMinor }) => (
            <tr key={vatBasisPoints}>
              <td>{percentText(vatBasisPoints, allWords.numerals)}</td>
              {[netMinor, vatMinor, grossMinor].map((minor, at) => (
                <td key={at} className="number">
                  <Amount minor={minor} currency={currency} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {refunds.map((refund) => (
        <Button
          key={refund.receiptId}
          label={words.refunded(refund.number)}
          onPress={() => onOpen(refund.receiptId)}
        />
      ))}
      <Chain receipt={receipt} />
    </div>
  )
}

function Sum(props: {
  readonly name: string
  readonly detail?: string
  readonly minor: number
  readonly isTotal?: boolean
}) {
  const currency = useCurrency()
  return (
    <tr className={props.isTotal === true ? 'journal-total' : undefined}>
      <td colSpan={2}>
        {props.name}
        {props.detail !== undefined && props.detail !== '' && (
          <small className="mono selectable">{props.detail}</small>
        )}
      </td>
      <td className="number">
        <Amount minor={props.minor} currency={currency} />
      </td>
    </tr>
  )
}

/** Where the journal tells of it, with the first digits of each hash. */
function Chain({ receipt }: Pick<ReceiptProps, 'receipt'>) {
  const { journalBook } = useWords()
  const times = useTimes()
  const words = journalBook.journal
  return (
    <section aria-label={words.chain} className="journal-chain">
      <h3>{words.chain}</h3>
      <ul>
        {receipt.entries.map(({ seq, atMs, kind, hash }) => (
          <li key={seq}>
            <span>
              {words.entry(seq)} · {words.kind[kind]} · {times.short(atMs)}
            </span>
            <span className="mono selectable">{hash.slice(0, 12)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
