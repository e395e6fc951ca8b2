import { useEffect, useRef } from 'react'
import { Icon } from '../../components/icons.tsx'
import { useAmounts, useWords, WordsProvider } from '../../components/words-context.tsx'
import type { DisplayRow, DisplayView } from '../../contract/device-views.ts'
import { measuredText, unitText, type Numerals } from '../../domain/numerals.ts'
import { pictureOf } from './picture.ts'
import { useDisplay, type DisplayLink } from './use-display.ts'

/** The window that faces the customer. It asks nothing of anybody and shows nobody's name. */
export function CustomerDisplay({ link }: { readonly link: DisplayLink }) {
  const { view, isConnected } = useDisplay(link)
  const language = view?.language ?? 'en'
  useEffect(() => {
    document.documentElement.lang = language
    document.title = 'Kassa'
  }, [language])
  return (
    <WordsProvider language={language}>
      {view === null || !isConnected ? <Waiting /> : <Shown view={view} />}
    </WordsProvider>
  )
}

function Waiting() {
  const words = useWords()
  return (
    <main className="display display-idle">
      <p className="display-calm">{words.devices.customer.lost}</p>
    </main>
  )
}

function Shown({ view }: { readonly view: DisplayView }) {
  const words = useWords()
  return (
    <main className="display" data-picture={pictureOf(view)} aria-label={words.devices.customer.title}>
      <header className="display-head">
        <strong>{view.storeName}</strong>
        {view.sandbox && <span className="display-sandbox">{words.devices.customer.sandbox}</span>}
      </header>
      <Picture view={view} />
    </main>
  )
}

function Picture({ view }: { readonly view: DisplayView }) {
  const words = useWords()
  const says = words.devices.customer
  switch (pictureOf(view)) {
    case 'test':
      return <Big icon="tick" says={says.test} />
    case 'idle':
      return <Big says={says.welcome} />
    case 'thanks':
      return <Thanks view={view} />
    case 'payment':
      return <Paying view={view} />
    case 'receipt':
      return <Rows view={view} />
  }
}

function Big({ says, icon }: { readonly says: string; readonly icon?: 'tick' }) {
  return (
    <div className="display-big" role="status">
      {icon !== undefined && <Icon name={icon} size={96} />}
      <h1>{says}</h1>
    </div>
  )
}

function Thanks({ view: { finished, currency } }: { readonly view: DisplayView }) {
  const words = useWords()
  const says = words.devices.customer
  const amount = useAmounts(currency)
  const change = finished?.changeMinor ?? 0
  return (
    <div className="display-big" role="status">
      <h1>{says.thanks}</h1>
      {change > 0 && (
        <p className="display-sum">
          <span>{says.change}</span>
          <strong>{amount(change)}</strong>
        </p>
      )}
    </div>
  )
}

function Paying({ view: { payment, currency } }: { readonly view: DisplayView }) {
  const words = useWords()
  const says = words.devices.customer
  const amount = useAmounts(currency)
  if (payment === null) return null
  return (
    <div className="display-pay" role="status">
      <h1>{sentence()}</h1>
      <p className="display-sum">
        <span>{says.amount}</span>
        <strong>{`${amount(payment.amountMinor)} ${currency}`}</strong>
      </p>
      <p className="display-sticker">
        <Icon name="sticker" size={44} />
        <span>{says.sticker}</span>
        <strong>{payment.seqrId}</strong>
      </p>
    </div>
  )
  function sentence(): string {
    switch (payment?.phase) {
      case 'askCustomer':
        return says.scan
      case 'customerApproves':
        return says.approve
      case 'paid':
      case 'reserved':
        return says.paid
      default:
        return says.wait
    }
  }
}

function Rows({ view: { receipt, currency } }: { readonly view: DisplayView }) {
  const words = useWords()
  const says = words.devices.customer
  const amount = useAmounts(currency)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
  })
  if (receipt === null) return null
  const { leftToPayMinor: left, totalMinor, paidMinor, discountMinor } = receipt
  const label = left < 0 ? says.toGetBack : paidMinor === 0 ? says.total : says.leftToPay
  return (
    <>
      <ul ref={list} className="display-rows">
        {receipt.rows.map((row) => (
          <li key={row.id}>
            <span className="display-name">{row.isSlip ? says.slip : row.name}</span>
            <span className="display-quantity">{quantityOf(row, words.numerals)}</span>
            <span className="display-amount">{amount(row.totalMinor)}</span>
          </li>
        ))}
        {discountMinor !== 0 && (
          <li>
            <span className="display-name">{says.discount}</span>
            <span />
            <span className="display-amount">{amount(-discountMinor)}</span>
          </li>
        )}
      </ul>
      <p className="display-total" role="status">
        <span>{label}</span>
        <strong>{amount(paidMinor === 0 && left >= 0 ? totalMinor : Math.abs(left))}</strong>
        <small>{currency}</small>
      </p>
    </>
  )
}

/** One piece of something goes without saying. */
function quantityOf(row: DisplayRow, numerals: Numerals): string {
  const { quantityThousandths, unit, unitDecimals } = row
  if (quantityThousandths === 1000) return ''
  return `${measuredText(quantityThousandths, unitDecimals, numerals)} ${unitText(unit, numerals)}`
}
