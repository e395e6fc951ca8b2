import { code128Modules } from '../../../app/domain/code128.ts'
import { decimalOf } from '../../../app/domain/money.ts'
import type { Merchant, Slip, SlipStatus } from './book-types.ts'
import { html, trusted, type Html } from './html.ts'
import { hyphenated } from './merchant-caller.ts'
import { page } from './page.ts'
import { platformTime } from './platform-time.ts'

/** What a customer is shown and may print: the slip, and how to pay it. */
export function slipPage(
  slip: Slip,
  view: { merchant: Merchant; status: SlipStatus; zone: string; continueUrl: string | null },
) {
  const { merchant, status, zone, continueUrl } = view
  const onward =
    continueUrl === null ? html`` : html`<a class="button first" href="${continueUrl}">Continue browsing</a>`
  const body = html`<main>
    <article class="card slip">
      <header>
        <h1>Pay in cash at the counter</h1>
        <p>${merchant.name}</p>
      </header>
      <p class="amount">${money(slip)}</p>
      ${status === 'PENDING' ? payable(slip) : over(slip, status)}
      <div class="cut"></div>
      <dl>
        <dt>Pay before</dt>
        <dd>${dateOf(slip.expiresAtMs, zone)}</dd>
        <dt>Merchant</dt>
        <dd>${merchant.name}</dd>
        <dt>Merchant’s reference</dt>
        <dd>${slip.merchantRef}</dd>
        ${
          slip.description === ''
            ? html``
            : html`<dt>For</dt>
                <dd>${slip.description}</dd>`
        }
      </dl>
      <ol>
        <li>Show this slip to the cashier, on paper or on your phone.</li>
        <li>On a phone, turn the brightness all the way up.</li>
        <li>Pay the amount in cash and keep the receipt.</li>
      </ol>
      <p class="bar"><button type="button" id="print">Print</button>${onward}</p>
    </article>
  </main>`
  return page(`7-CONNECT ${hyphenated(slip.payID)}`, body, '/print.js')
}

/** The reference as Code 128 with its quiet zones, one unit of the picture a module. */
export function barcodeSvg(payID: string): Html {
  const modules = code128Modules(payID) ?? []
  const quiet = 10
  const bars = modules.flatMap((isBlack, at) => (isBlack ? `M${quiet + at} 0v60h1V0z` : []))
  return trusted(
    `<svg viewBox="0 0 ${modules.length + 2 * quiet} 60" preserveAspectRatio="none" shape-rendering="crispEdges"` +
      ` role="img" aria-label="Bar code"><path fill="#000" d="${bars.join('')}"/></svg>`,
  )
}

export function money({ amountMinor, currency }: Pick<Slip, 'amountMinor' | 'currency'>): string {
  return `${currency} ${decimalOf(amountMinor, currency).replaceAll(/\B(?=(\d{3})+\.)/g, ',')}`
}

/** As people read it: `19 Mar 2018 12:00`. */
export function dateOf(atMs: number, zone: string): string {
  const time = platformTime(atMs, zone)
  const month = months[Number(time.slice(4, 6)) - 1] ?? ''
  return `${Number(time.slice(6, 8))} ${month} ${time.slice(0, 4)} ${time.slice(8, 10)}:${time.slice(10, 12)}`
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

function payable(slip: Slip): Html {
  return html`${barcodeSvg(slip.payID)}
    <p class="reference">${hyphenated(slip.payID)}</p>`
}

function over(slip: Slip, status: SlipStatus): Html {
  return html`<p class="reference">${hyphenated(slip.payID)}</p>
    <p class="empty"><span class="chip ${status}">${status}</span></p>`
}
