import { stringify } from 'csv-stringify/sync'
import { decimalOf } from '../../../app/domain/money.ts'
import type { SevenConnectBook } from './book.ts'
import type { Slip, SlipStatus } from './book-types.ts'
import { html, type Html } from './html.ts'
import { hyphenated } from './merchant-caller.ts'
import { page } from './page.ts'
import { platformTime } from './platform-time.ts'
import type { Form } from './published.ts'
import { dateOf, money } from './slip-page.ts'

const statuses: readonly SlipStatus[] = ['PENDING', 'EXPIRED', 'PAID', 'POSTED', 'DECLINED']
const mostRows = 300

type View = { readonly book: SevenConnectBook; readonly now: number; readonly zone: string }

/** The merchants' view of their slips, kept fresh by the script beside it. */
export function dashboardPage(view: View, filter: Form): string {
  const merchants = view.book.merchants()
  const option = (value: string, text: string, chosen: string | undefined) =>
    value === chosen
      ? html`<option value="${value}" selected>${text}</option>`
      : html`<option value="${value}">${text}</option>`
  const body = html`<main>
    <div class="bar">
      <h1>7-CONNECT dashboard</h1>
      <small>sandbox</small>
      <form class="bar push" id="new-slip">
        <select name="merchantID" aria-label="Merchant of the new slip">
          ${merchants.map(({ merchantID, name }) => option(merchantID, name, undefined))}
        </select>
        <input name="amount" value="250.00" size="9" aria-label="Amount of the new slip" />
        <button class="first">New slip</button>
      </form>
    </div>
    <form class="bar" id="filter" style="margin-top:16px">
      <input
        name="text"
        type="search"
        value="${filter['text'] ?? ''}"
        placeholder="Reference or description"
      />
      <select name="status" aria-label="Status">
        ${option('', 'Every status', filter['status'])}
        ${statuses.map((status) => option(status, status, filter['status']))}
      </select>
      <select name="merchantID" aria-label="Merchant">
        ${option('', 'Every merchant', filter['merchantID'])}
        ${merchants.map(({ merchantID, name }) => option(merchantID, name, filter['merchantID']))}
      </select>
      <a class="button push" id="csv" href="/dashboard/posted.csv">Posted transactions as CSV</a>
    </form>
    <div id="live">${liveRows(view, filter)}</div>
    ${trouble}
  </main>`
  return page('7-CONNECT dashboard', body, '/dashboard.js')
}

/** Totals and table for a filter: the part of the page that is fetched again and again. */
export function liveRows(view: View, filter: Form): Html {
  const slips = filtered(view, filter)
  const posted = slips.filter((slip) => slip.status === 'POSTED')
  const rows = slips.slice(0, mostRows)
  const rest = slips.length - rows.length
  return html`<div class="cards">
      <section class="card settle">
        <h2>POSTED, to be settled</h2>
        <b>${sumOf(view, posted)}</b><small>${countOf(posted)}</small>
      </section>
      ${statuses.filter((status) => status !== 'POSTED').map((status) => total(view, slips, status))}
      <section class="card">
        <h2>POSTED in 14 days</h2>
        ${days(view, posted)}
      </section>
    </div>
    <div class="card table">
      <table>
        <thead>
          <tr>
            <th>Status</th>
            <th>Reference</th>
            <th>Merchant</th>
            <th>Merchant’s reference</th>
            <th>Description</th>
            <th class="number">Amount</th>
            <th>Created, expires</th>
            <th>Paid at</th>
            <th>Merchant told</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((slip) => row(view, slip))}
        </tbody>
      </table>
      ${rows.length === 0 ? html`<p class="empty">No slips here yet.</p>` : html``}
      ${rest > 0 ? html`<p class="empty">and ${rest} older ones</p>` : html``}
    </div>`
}

/** POSTED slips as a CSV file: what is going to be paid out to merchants. */
export function postedCsv({ book, zone }: View, merchantID: string): string {
  const posted = book
    .slips()
    .filter((slip) => slip.status === 'POSTED' && (merchantID === '' || slip.merchantID === merchantID))
  const lines = posted.map((slip) => ({
    payID: hyphenated(slip.payID),
    merchantID: slip.merchantID,
    merchantRef: slip.merchantRef,
    amount: decimalOf(slip.amountMinor, slip.currency),
    currency: slip.currency,
    store: slip.payment?.storeID ?? '',
    pos: slip.payment?.pos ?? '',
    paid: slip.payment === null ? '' : platformTime(slip.payment.paidAtMs, zone),
    posted: slip.postedAtMs === null ? '' : platformTime(slip.postedAtMs, zone),
    authCode: slip.authCode,
  }))
  const columns = [
    'payID',
    'merchantID',
    'merchantRef',
    'amount',
    'currency',
    'store',
    'pos',
    'paid',
    'posted',
    'authCode',
  ]
  return stringify(lines, { header: true, columns, escape_formulas: true, record_delimiter: 'windows' })
}

function filtered({ book }: View, { text = '', status = '', merchantID = '' }: Form): Slip[] {
  const wanted = text.trim().toLowerCase()
  const bare = wanted.replaceAll('-', '')
  return book.slips().filter((slip) => {
    if (merchantID !== '' && slip.merchantID !== merchantID) return false
    if (status !== '' && book.status(slip) !== status) return false
    const words = `${slip.merchantRef} ${slip.description}`.toLowerCase()
    return wanted === '' || words.includes(wanted) || (bare !== '' && slip.payID.includes(bare))
  })
}

function total(view: View, slips: readonly Slip[], status: SlipStatus): Html {
  const those = slips.filter((slip) => view.book.status(slip) === status)
  return html`<section class="card">
    <h2>${status}</h2>
    <b>${sumOf(view, those)}</b><small>${countOf(those)}</small>
  </section>`
}

function countOf(slips: readonly Slip[]): string {
  return slips.length === 1 ? '1 slip' : `${slips.length} slips`
}

function sumOf({ book }: View, slips: readonly Slip[]): string {
  const amountMinor = slips.reduce((sum, slip) => sum + slip.amountMinor, 0)
  return money({ amountMinor, currency: (slips[0] ?? book.slips()[0])?.currency ?? 'PHP' })
}

function days({ now, zone }: View, posted: readonly Slip[]): Html {
  const dayMs = 86_400_000
  const dayOf = (atMs: number) => platformTime(atMs, zone).slice(0, 8)
  const sums = new Map(Array.from({ length: 14 }, (_, index) => [dayOf(now - (13 - index) * dayMs), 0]))
  for (const { postedAtMs, amountMinor } of posted) {
    const day = dayOf(postedAtMs ?? 0)
    const sum = sums.get(day)
    if (sum !== undefined) sums.set(day, sum + amountMinor)
  }
  const most = Math.max(1, ...sums.values())
  const bar = ([day, minor]: [string, number]) =>
    html`<span
      style="height:${Math.round((100 * minor) / most)}%"
      title="${day}: ${(minor / 100).toFixed(2)}"
    ></span>`
  return html`<div class="days">${[...sums].map(bar)}</div>`
}

function row({ book, now, zone }: View, slip: Slip): Html {
  const status = book.status(slip)
  const { payment } = slip
  const paid =
    payment && html`${dateOf(payment.paidAtMs, zone)}<br />store ${payment.storeID}, till ${payment.pos}`
  return html`<tr>
    <td><span class="chip ${status}">${status}</span></td>
    <td class="code"><a href="/slip/${slip.payID}">${hyphenated(slip.payID)}</a></td>
    <td>${book.merchant(slip.merchantID)?.name ?? slip.merchantID}</td>
    <td>${slip.merchantRef}</td>
    <td>${slip.description.slice(0, 80)}</td>
    <td class="number">${money(slip)}</td>
    <td class="when">${dateOf(slip.createdAtMs, zone)}<br />${dateOf(slip.expiresAtMs, zone)}</td>
    <td class="when">${paid ?? ''}</td>
    <td>${told(slip, now)}</td>
  </tr>`
}

/** How telling the merchant goes, in a few words. */
function told({ posting, authCode, said }: Slip, nowMs: number): string {
  if (authCode !== '') return `authCode ${authCode}`
  if (posting === null) return said
  const { attempts, nextAtMs } = posting
  const tries = attempts === 1 ? '1 try' : `${attempts} tries`
  if (nextAtMs === null) return `${said} (${tries})`
  return `${said} (${tries}, again in ${Math.max(0, Math.ceil((nextAtMs - nowMs) / 60_000))} min)`
}

const trouble = html`<details>
  <summary>Make trouble</summary>
  <div class="bar" style="margin-top:10px">
    <button type="button" data-fault="down">Server down</button>
    <button type="button" data-fault="slow">Answers too late</button>
    <button type="button" data-fault="dropBefore">Drop before doing the work</button>
    <button type="button" data-fault="dropAfter">Drop after doing the work</button>
    <button type="button" data-merchant="down">Merchants down</button>
    <button type="button" data-merchant="decline">Merchants decline at CONFIRM</button>
    <button type="button" data-turn="600000">Let ten minutes pass</button>
    <button type="button" class="first" data-calm>All well again</button>
  </div>
  <p id="trouble" class="soft"></p>
</details>`
