import type { BuyerInvoice, Confirmation, Scan } from '../seqr/buyer-side.ts'
import type { NearbyTill } from './phone-routes.ts'

/**
 * What the phone's page does in the browser. It is sent as its own source text, so it may use nothing from outside
 * of itself but types.
 */
export function runPhone(): void {
  const pollMs = 500
  const state = { screen: 'home', text: '', reference: '', pinOpen: false, turn: 0, told: Promise.resolve() }

  const part = (id: string): HTMLElement => {
    const element = document.getElementById(id)
    if (element === null) throw new Error(`the page has no ${id}`)
    return element
  }
  const input = (id: string) => part(id) as HTMLInputElement
  const say = (id: string, text: string) => {
    if (part(id).textContent !== text) part(id).textContent = text
  }
  const make = (tag: string, className: string, text: string): HTMLElement => {
    const element = document.createElement(tag)
    element.className = className
    element.textContent = text
    return element
  }

  const ask = async <Answer>(path: string, posted?: object): Promise<Answer> => {
    const request =
      posted === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(posted),
          }
    const answer = await fetch(`/phone/${path}`, request)
    if (!answer.ok) throw new Error(`the service answered ${answer.status}`)
    return answer.json() as Promise<Answer>
  }

  const show = (screen: string) => {
    if (state.screen !== screen) window.scrollTo(0, 0)
    state.screen = screen
    for (const section of document.querySelectorAll<HTMLElement>('[data-screen]'))
      section.hidden = section.dataset['screen'] !== screen
  }

  const money = (decimal: string, currency: string) => {
    const [whole = '', fraction] = decimal.replace('-', '').split('.')
    const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, '\u00A0')
    const sign = decimal.startsWith('-') ? '\u2212' : ''
    return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`} ${currency}`
  }
  const clockTime = (atMs: number) =>
    new Date(atMs).toLocaleString([], { timeStyle: 'short', dateStyle: 'medium' })

  // Whatever was under way is void once the buyer goes elsewhere.
  const goHome = () => {
    state.turn += 1
    state.reference = ''
    state.pinOpen = false
    input('pin').value = ''
    say('pin-trouble', '')
    say('home-trouble', '')
    show('home')
    void showTills()
  }

  const showTills = async () => {
    const tills = await ask<NearbyTill[]>('tills').catch(() => [])
    const buttons = tills.map((till) => {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'till'
      button.append(
        make('span', 'till-merchant', till.merchant),
        make('span', 'till-name', `${till.name || 'Register'} \u00B7 ${till.seqrId}`),
      )
      button.addEventListener('click', () => {
        input('seqr-text').value = till.seqrId
        startScan(till.seqrId)
      })
      return button
    })
    part('tills').replaceChildren(...buttons)
    part('no-tills').hidden = tills.length > 0
    // An empty field scans the one sticker there is, as a camera would.
    input('seqr-text').placeholder = tills.length === 1 ? (tills[0]?.seqrId ?? '') : ''
  }

  const startScan = (text: string) => {
    state.turn += 1
    state.text = text.trim()
    state.reference = ''
    say('home-trouble', '')
    if (state.text === '') say('home-trouble', 'Type the number under the QR code, or paste its text.')
    else void follow(state.turn)
  }

  /** Asks again and again until the buyer turns to something else. One question at a time. */
  const follow = async (turn: number) => {
    while (turn === state.turn) {
      try {
        await look(turn)
        document.body.classList.remove('offline')
      } catch {
        document.body.classList.add('offline')
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
  }

  const look = async (turn: number) => {
    if (state.reference !== '') {
      const invoice = await ask<BuyerInvoice>(`invoice?reference=${encodeURIComponent(state.reference)}`)
      if (turn === state.turn) showInvoice(invoice)
      return
    }
    const seen = await ask<Scan>('scan', { text: state.text, loyalty: input('loyalty').checked })
    if (turn !== state.turn) return
    if (seen.found === 'unknown') {
      state.turn += 1
      say('home-trouble', 'Nothing is known by this number.')
      show('home')
    } else if (seen.found === 'waitingForAmount') {
      say('waiting-merchant', seen.merchant)
      say('waiting-till', seen.terminalName)
      show('waiting')
    } else {
      state.reference = seen.invoice.invoiceReference
      showInvoice(seen.invoice)
    }
  }

  const showInvoice = (invoice: BuyerInvoice) => {
    switch (invoice.stage) {
      case 'waitingForAmount':
      case 'shopDecides':
        say('waiting-merchant', invoice.merchant)
        say('waiting-till', 'The shop is looking at your club card')
        return show('waiting')
      case 'confirm':
        return showConfirm(invoice)
      default:
        return showOutcome(invoice)
    }
  }

  const showConfirm = (invoice: BuyerInvoice) => {
    const isReservation = invoice.kind === 'reserve'
    say('confirm-merchant', invoice.merchant)
    say(
      'confirm-till',
      [invoice.terminalName, invoice.title === invoice.merchant ? '' : invoice.title]
        .filter(Boolean)
        .join(' \u00B7 '),
    )
    say('confirm-total', money(invoice.total, invoice.currency))
    say('confirm-what', isReservation ? 'Reserve up to' : 'To pay')
    say(
      'confirm-explain',
      isReservation
        ? 'Nothing is taken yet. The shop takes the final amount later, and never more than this.'
        : '',
    )
    say('confirm-footer', invoice.footer)
    showRows(invoice)
    if (state.screen === 'confirm') return
    show('confirm')
    input('pin').value = ''
    say('pin-trouble', '')
    input('pin').focus()
  }

  const showRows = (invoice: BuyerInvoice) => {
    const shown = JSON.stringify(invoice.rows)
    const list = part('confirm-rows')
    if (list.dataset['shown'] === shown) return
    list.dataset['shown'] = shown
    list.replaceChildren(
      ...invoice.rows.map((row) => {
        const line = document.createElement('li')
        const isMany = row.quantity !== '' && Number(row.quantity) !== 1
        line.append(
          make('span', 'row-text', (isMany ? `${row.quantity} \u00D7 ` : '') + (row.description || 'Item')),
          make('span', 'row-amount', money(row.total, invoice.currency)),
        )
        return line
      }),
    )
  }

  const outcomes: Record<string, { mark: string; tone: string; title: string; text: string }> = {
    paid: { mark: '\u2713', tone: 'good', title: 'Paid', text: '' },
    reserved: {
      mark: '\u2713',
      tone: 'calm',
      title: 'Reserved',
      text: 'The shop takes the final amount later.',
    },
    canceled: {
      mark: '\u00D7',
      tone: 'quiet',
      title: 'Canceled',
      text: 'The register canceled this payment.',
    },
    declined: { mark: '\u00D7', tone: 'quiet', title: 'Declined', text: 'You declined. Nothing was paid.' },
    expired: { mark: '\u00D7', tone: 'quiet', title: 'Expired', text: 'The time ran out. Nothing was paid.' },
    failed: { mark: '!', tone: 'bad', title: 'Not paid', text: 'The payment failed.' },
    reversed: {
      mark: '\u21B6',
      tone: 'bad',
      title: 'Reversed',
      text: 'The payment was reversed: the register did not ask about it in time.',
    },
  }
  const endings: Record<string, string> = {
    noFunds: 'There is not enough money on the account.',
    pinRefused: 'The PIN was wrong three times.',
    replaced: 'The register sent a new amount. Scan again to see it.',
    released: 'The shop released the reservation. Nothing was taken.',
    lapsed: 'The time ran out. Nothing was taken.',
  }

  const showOutcome = (invoice: BuyerInvoice) => {
    const outcome = outcomes[invoice.stage]
    if (outcome === undefined) return
    const { currency, ending, payment, reserved, stage } = invoice
    const amount = stage === 'reserved' ? (reserved?.amount ?? '') : (payment?.amount ?? invoice.total)
    part('outcome').dataset['tone'] = outcome.tone
    say('outcome-mark', outcome.mark)
    say('outcome-title', outcome.title)
    say('outcome-text', endings[ending ?? ''] ?? outcome.text)
    say('outcome-amount', (stage === 'reserved' ? 'up to ' : '') + money(amount, currency))
    say('outcome-merchant', [invoice.merchant, invoice.terminalName].filter(Boolean).join(' \u00B7 '))
    showFacts(invoice)
    showReceipts(invoice)
    part('lapse').hidden = stage !== 'reserved'
    state.pinOpen = false
    show('outcome')
  }

  const showFacts = ({ currency, payment, refunds, reserved, stage }: BuyerInvoice) => {
    const isReserved = stage === 'reserved' && reserved !== null
    const facts: (readonly [string, string])[] = [
      ...(payment === null
        ? []
        : ([
            ['Reference', payment.ersReference],
            ['Time', clockTime(payment.paidAtMs)],
          ] as const)),
      ...(reserved !== null && payment !== null
        ? [['Was reserved', money(reserved.amount, currency)] as const]
        : []),
      ...(isReserved ? [['Holds until', clockTime(reserved.lapsesAtMs)] as const] : []),
      ...refunds.map((refund) => ['Refunded', money(refund.amount, currency)] as const),
    ]
    const list = part('outcome-facts')
    const shown = JSON.stringify(facts)
    if (list.dataset['shown'] === shown) return
    list.dataset['shown'] = shown
    list.replaceChildren(...facts.flatMap(([term, value]) => [make('dt', '', term), make('dd', '', value)]))
  }

  const showReceipts = (invoice: BuyerInvoice) => {
    const list = part('receipts')
    part('receipts-waiting').hidden = invoice.stage !== 'paid' || invoice.receipts.length > 0
    if (list.dataset['shown'] === `${invoice.invoiceReference} ${invoice.receipts.length}`) return
    list.dataset['shown'] = `${invoice.invoiceReference} ${invoice.receipts.length}`
    list.replaceChildren(
      ...invoice.receipts.map((receipt) => {
        const paper = document.createElement('section')
        const isRefund = receipt.ersReference !== invoice.payment?.ersReference
        paper.className = 'paper'
        paper.append(
          make('h3', 'paper-title', isRefund ? 'Refund receipt' : 'Receipt'),
          make('pre', 'paper-text', receiptText(receipt.mimeType, receipt.receiptData)),
        )
        return paper
      }),
    )
  }

  const receiptText = (mimeType: string, base64: string) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const text = new TextDecoder().decode(bytes)
    if (/^text\/html|xhtml/.test(mimeType)) {
      const broken = text.replaceAll(/<(br|\/p|\/tr|\/div|\/h\d|\/li)\b/gi, '\n$&')
      const page = new DOMParser().parseFromString(broken, 'text/html')
      for (const unseen of page.querySelectorAll('style, script, title')) unseen.remove()
      return (page.body.textContent ?? '').replaceAll(/\n\s*\n+/g, '\n').trim()
    }
    const isText = /^text\/|xml|json/.test(mimeType)
    return isText ? text : `A document of ${bytes.length} bytes (${mimeType})`
  }

  /** One after the other: what is told out of order would leave the shop unable to cancel. */
  const tellPin = (path: 'start-confirming' | 'stop-confirming') => {
    const named = { invoiceReference: state.reference }
    state.told = state.told.then(() => ask<void>(path, named)).catch(() => {})
  }

  /** While digits stand in the PIN field the buyer is confirming, and the shop cannot cancel. */
  const followPin = () => {
    const digits = input('pin').value
    const clean = digits.replaceAll(/\D/g, '').slice(0, 4)
    if (clean !== digits) input('pin').value = clean
    const isOpen = clean !== ''
    if (isOpen === state.pinOpen || state.reference === '') return
    state.pinOpen = isOpen
    tellPin(isOpen ? 'start-confirming' : 'stop-confirming')
  }

  const troubles: Record<string, string> = {
    notAPin: 'The PIN has four digits.',
    wrongPin: 'Wrong PIN. Try again.',
  }

  const confirm = async () => {
    const turn = state.turn
    const given = { invoiceReference: state.reference, pin: input('pin').value }
    await state.told
    const answer = await ask<Confirmation>('confirm', given).catch(() => null)
    if (turn !== state.turn) return
    if (answer === null) return say('pin-trouble', 'No connection. Try again.')
    if (answer.ok) return showInvoice(answer.invoice)
    say('pin-trouble', troubles[answer.reason] ?? '')
    input('pin').value = ''
    followPin()
    if (troubles[answer.reason] === undefined) await look(turn).catch(() => {})
    else input('pin').focus()
  }

  const tell = async (path: 'decline' | 'lapse') => {
    const turn = state.turn
    await ask(path, { invoiceReference: state.reference }).catch(() => {})
    if (turn === state.turn) await look(turn).catch(() => {})
  }

  const leave = () => {
    if (state.pinOpen) tellPin('stop-confirming')
    goHome()
  }

  part('scan-form').addEventListener('submit', (event) => {
    event.preventDefault()
    const { value, placeholder } = input('seqr-text')
    startScan(value.trim() === '' ? placeholder : value)
  })
  part('pin-form').addEventListener('submit', (event) => {
    event.preventDefault()
    void confirm()
  })
  part('pin').addEventListener('input', followPin)
  part('decline').addEventListener('click', () => void tell('decline'))
  part('lapse').addEventListener('click', () => void tell('lapse'))
  for (const button of document.querySelectorAll('.leave')) button.addEventListener('click', leave)
  const tellTime = () => say('clock', new Date().toLocaleTimeString([], { timeStyle: 'short' }))
  tellTime()
  setInterval(tellTime, 10_000)
  setInterval(() => {
    if (state.screen === 'home') void showTills()
  }, 2000)

  goHome()
  const prefilled = new URLSearchParams(location.search).get('seqrId')
  if (prefilled !== null) {
    input('seqr-text').value = prefilled
    startScan(prefilled)
  }
}
