import { z } from 'zod'
import type { SeqrBook } from '../seqr/seqr-book.ts'
import type { Token } from '../seqr/book-types.ts'

export type PhoneAnswer = { readonly status: number; readonly body: unknown }

/** A till that the phone offers to scan, as if its sticker lay in front of the buyer. */
export type NearbyTill = { readonly merchant: string; readonly name: string; readonly seqrId: string }

const scanAsked = z.strictObject({ text: z.string().max(500), loyalty: z.boolean().default(false) })
const invoiceNamed = z.strictObject({ invoiceReference: z.string().max(100) })
const pinGiven = z.strictObject({ invoiceReference: z.string().max(100), pin: z.string().max(20) })

/** What the phone shows when its owner lets it show a loyalty card. */
const loyaltyCard: Token = { description: 'Sandbox club card', id: 'club', status: 0, value: '4711' }

/** The phone's own questions: `GET` for what is there, `POST` for what the buyer does. */
export function answerPhone(book: SeqrBook, url: URL, posted: unknown): PhoneAnswer {
  switch (url.pathname) {
    case '/phone/tills':
      return { status: 200, body: tillsNearby(book) }
    case '/phone/invoice':
      return found(book.buyerInvoice(url.searchParams.get('reference') ?? ''))
    case '/phone/scan':
      return asked(scanAsked, posted, ({ text, loyalty }) => book.scan(text, loyalty ? [loyaltyCard] : []))
    case '/phone/start-confirming':
      return asked(invoiceNamed, posted, ({ invoiceReference }) => book.startConfirming(invoiceReference))
    case '/phone/stop-confirming':
      return asked(invoiceNamed, posted, ({ invoiceReference }) => book.stopConfirming(invoiceReference))
    case '/phone/confirm':
      return asked(pinGiven, posted, ({ invoiceReference, pin }) => book.confirm(invoiceReference, pin))
    case '/phone/decline':
      return asked(invoiceNamed, posted, ({ invoiceReference }) => book.decline(invoiceReference))
    case '/phone/lapse':
      return asked(invoiceNamed, posted, ({ invoiceReference }) => book.lapse(invoiceReference))
    default:
      return found(null)
  }
}

function found(body: unknown): PhoneAnswer {
  return body === null ? { status: 404, body: { error: 'nothing here' } } : { status: 200, body }
}

function asked<Asked>(
  schema: z.ZodType<Asked>,
  posted: unknown,
  act: (asked: Asked) => unknown,
): PhoneAnswer {
  const read = schema.safeParse(posted)
  return read.success
    ? { status: 200, body: act(read.data) }
    : { status: 400, body: { error: 'not understood' } }
}

function tillsNearby(book: SeqrBook): readonly NearbyTill[] {
  return book
    .view()
    .terminals.flatMap(({ merchant, name, seqrId }) => (seqrId === null ? [] : [{ merchant, name, seqrId }]))
}
