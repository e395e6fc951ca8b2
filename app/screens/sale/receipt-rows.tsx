import { memo, useLayoutEffect, useRef, type UIEvent } from 'react'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { RowView, TenderView } from '../../contract/views.ts'
import type { Currency } from '../../domain/money.ts'
import { percentText, quantityText, unitText } from '../../domain/numerals.ts'
import { discountText } from '../entry.ts'
import { useCurrency, useRefused, useRun, useShop, useTill, useUi } from '../shop.tsx'
import { openDialog } from '../ui-store.ts'
import { forbidden } from '../forbidden.ts'
import { tenderName } from '../tender-name.ts'

const noRows: readonly RowView[] = []
const noTenders: readonly TenderView[] = []

/** The rows of the receipt, the newest in sight, and under them what has been paid so far. */
export function ReceiptRows() {
  const words = useWords()
  const { ui } = useShop()
  const rows = useTill(({ sale }) => sale?.receipt?.rows ?? noRows)
  const tenders = useTill(({ sale }) => sale?.receipt?.tenders ?? noTenders)
  const currency = useCurrency()
  const selectedRowId = useUi((state) => state.selectedRowId)
  const { pane, onScroll } = useNewestInSight(rows.length + tenders.length, selectedRowId)

  if (rows.length === 0 && tenders.length === 0) return <EmptyReceipt />
  return (
    <div className="rows scrolls" ref={pane} onScroll={onScroll}>
      <div className="rows-inner">
        <ul
          role="listbox"
          aria-label={words.sale.receipt}
          tabIndex={0}
          aria-activedescendant={selectedRowId === null ? undefined : `row-${selectedRowId}`}
        >
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              currency={currency}
              isSelected={row.id === selectedRowId}
              onSelect={() => ui.setState({ selectedRowId: row.id })}
            />
          ))}
        </ul>
        {tenders.length > 0 && (
          <ul className="tenders" aria-label={words.sale.paid}>
            {tenders.map((tender) => (
              <TenderLine key={tender.id} tender={tender} currency={currency} />
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

/**
 * The list hangs at its lower end by style alone, so a new row needs no measuring. Only when a person has scrolled
 * away, or moved the selection, is it scrolled from here.
 */
function useNewestInSight(count: number, selectedRowId: string | null) {
  const pane = useRef<HTMLDivElement>(null)
  const seen = useRef({ count: 0, isAtEnd: true })
  useLayoutEffect(() => {
    const { count: before, isAtEnd } = seen.current
    seen.current.count = count
    if (count > before) {
      if (!isAtEnd) pane.current?.scrollTo(0, 0)
    } else if (selectedRowId !== null)
      pane.current?.querySelector(`#row-${CSS.escape(selectedRowId)}`)?.scrollIntoView({ block: 'nearest' })
  }, [count, selectedRowId])
  const onScroll = (event: UIEvent) => {
    seen.current.isAtEnd = event.currentTarget.scrollTop > -1
  }
  return { pane, onScroll }
}

function EmptyReceipt() {
  const words = useWords()
  const { ui } = useShop()
  const hasShift = useTill(({ till }) => till !== null && till.shift !== null)
  if (!hasShift)
    return (
      <div className="rows rows-empty">
        <Icon name="lock" size={52} />
        <p>{words.shift.none}</p>
        <p className="soft">{words.shift.noneLong}</p>
        <Button
          label={words.shift.open}
          kind="strong"
          large
          onPress={() => openDialog(ui, { kind: 'openShift' })}
        />
      </div>
    )
  return (
    <div className="rows rows-empty">
      <Icon name="scan" size={52} />
      <p>{words.sale.empty}</p>
      <p className="soft">{words.sale.emptyLong}</p>
    </div>
  )
}

interface RowProps {
  readonly row: RowView
  readonly currency: Currency
  readonly isSelected: boolean
  readonly onSelect: () => void
}

const Row = memo(
  function Row({ row, currency, isSelected, onSelect }: RowProps) {
    const words = useWords()
    const { numerals } = words
    const amount = useAmounts(currency)
    const isOne = row.quantityThousandths === 1000 && row.unitDecimals === 0
    return (
      // The list has the focus and the arrow keys; a press on a row only moves the selection.
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
      <li
        id={`row-${row.id}`}
        role="option"
        aria-selected={isSelected}
        className="row"
        data-back={row.quantityThousandths < 0 || undefined}
        onClick={onSelect}
      >
        <span className="row-quantity">{quantityText(row.quantityThousandths, numerals)}</span>
        <span className="row-what">
          <span className="row-name">{row.name}</span>
          <span className="row-detail">
            {row.quantityThousandths < 0 && <b className="row-back">{words.sale.returned}</b>}
            {!isOne && (
              <span>
                {unitText(row.unit, numerals)} × {amount(row.unitPriceMinor)}
              </span>
            )}
            {row.listPriceMinor !== null && <span>{words.sale.before(amount(row.listPriceMinor))}</span>}
            {row.discount !== null && <b>{discountText(row.discount, currency, numerals)}</b>}
            {row.kind === 'slip' ? (
              <span>
                {words.sale.slip} {row.code}
              </span>
            ) : (
              <span>{words.sale.vat(percentText(row.vatBasisPoints, numerals))}</span>
            )}
            {row.note !== '' && <span className="row-note">{row.note}</span>}
          </span>
        </span>
        <Amount minor={row.totalMinor} currency={currency} className="row-total" />
      </li>
    )
  },
  (before, after) =>
    before.row === after.row && before.isSelected === after.isSelected && before.currency === after.currency,
)

function TenderLine({ tender, currency }: { readonly tender: TenderView; readonly currency: Currency }) {
  const words = useWords()
  const { pos } = useShop()
  const refuse = useRefused()
  const { busy, run } = useRun()
  const name = tenderName(words, tender)
  return (
    <li className="tender-line">
      <Icon name={tenderIcons[tender.kind]} />
      <span className="row-what">
        <span className="row-name">{name}</span>
        {tender.reference !== '' && (
          <span className="row-detail">
            <span>{`${words.sale.reference} ${tender.reference}`}</span>
          </span>
        )}
      </span>
      {tender.kind !== 'change' && (
        <Button
          label={words.sale.correct}
          busy={busy !== null}
          reason={forbidden(words, tender.correctable)}
          onRefused={refuse}
          onPress={() => void run('correct', () => pos.sale.correctTender({ tenderId: tender.id }))}
        />
      )}
      <Amount minor={-tender.amountMinor} currency={currency} className="row-total" />
    </li>
  )
}

const tenderIcons = { cash: 'cash', seqr: 'phone', other: 'card', change: 'cash' } as const
