// What the operations answer, checked to the letter. Everything arrives as text, so nothing is rounded or guessed.
import { z } from 'zod'
import { isCurrency, minorOf } from '../../../app/domain/money.ts'
import { seqrResultOf } from '../../../app/domain/seqr-result.ts'
import type {
  Answer,
  CustomerToken,
  PaymentReceipt,
  PaymentStatus,
  PaymentStatusName,
  Refused,
  SeqrReport,
} from '../service.ts'

const text = z.string().trim()
const reference = text.min(1).max(200)
/** Absent, empty and nil mean the same. */
const optional = z
  .string()
  .nullish()
  .transform((value) => (value === null || value?.trim() === '' ? undefined : value?.trim()))
const xmlInt = text
  .regex(/^[+-]?\d{1,10}$/)
  .transform(Number)
  .refine((value) => value >= -2_147_483_648 && value <= 2_147_483_647)

const outcome = z.object({ resultCode: xmlInt, resultDescription: optional })

const invoice = z.object({ totalAmount: z.object({ currency: optional, value: optional }).nullish() })
const receipt = z.object({
  paymentDate: optional,
  clientInvoiceId: optional,
  invoiceReference: optional,
  paymentReference: optional,
  payerTerminalId: optional,
  receiverName: optional,
  invoice: invoice.nullish(),
})
const token = z.object({ id: optional, status: xmlInt, description: optional, value: optional })
const status = z.object({
  status: text.regex(/^[A-Z][A-Z_]{0,39}$/),
  version: xmlInt,
  ersReference: optional,
  receipt: receipt.nullish(),
  customerTokens: z.object({ token: z.array(token).nullish() }).nullish(),
})
const report = z.object({
  report: z.object({
    title: optional,
    mimeType: optional,
    content: optional,
    contentString: z.string().nullish(),
  }),
})

const knownStatuses: ReadonlySet<string> = new Set<PaymentStatusName>([
  'ISSUED',
  'PENDING_ISSUER_ACKNOWLEDGE',
  'PAID',
  'PARTIALLY_PAID',
  'CANCELED',
  'FAILED',
  'RESERVED',
  'EXPIRED',
])

const isKnown = (name: string): name is PaymentStatusName => knownStatuses.has(name)

/** For operations whose success says nothing more. */
export const done = z.unknown().transform(() => null)

export const registeredTerminal = z.object({ terminalId: reference })

export const refunded = z.object({ ersReference: reference })

export const markedPeriod = z.object({ transactionPeriodId: reference })

export const sentInvoice = z
  .object({ invoiceReference: reference, invoiceQRCode: optional })
  .transform(({ invoiceReference, invoiceQRCode: qrCode }) => ({
    invoiceReference,
    ...(qrCode !== undefined && { qrCode }),
  }))

/** A status that nobody documented is UNKNOWN: it is kept as it was written, and ends nothing. */
export const paymentStatus = status.transform((read): PaymentStatus => {
  const tokens = read.customerTokens?.token ?? []
  return {
    status: isKnown(read.status) ? read.status : 'UNKNOWN',
    rawStatus: read.status,
    version: read.version,
    ...(read.ersReference !== undefined && { ersReference: read.ersReference }),
    ...(read.receipt && { receipt: receiptOf(read.receipt) }),
    ...(tokens.length > 0 && { customerTokens: tokens.map(tokenOf) }),
  }
})

function receiptOf({ invoice, ...rest }: z.infer<typeof receipt>): PaymentReceipt {
  const { currency, value: rawAmount } = invoice?.totalAmount ?? {}
  const amountMinor =
    currency !== undefined && isCurrency(currency) ? minorOf(rawAmount ?? '', currency) : null
  return present({ ...rest, currency, rawAmount, amountMinor: amountMinor ?? undefined })
}

function tokenOf({ id = '', status, description = '', value = '' }: z.infer<typeof token>): CustomerToken {
  return { id, status, description, value }
}

/** The report's text, from its base64 content or else from its contentString. */
export const executedReport = report.transform(({ report: read }, context): SeqrReport => {
  const content = read.content === undefined ? (read.contentString ?? null) : textOfBase64(read.content)
  if (content === null) context.addIssue({ code: 'custom', message: 'a report without content' })
  return { title: read.title ?? '', mimeType: read.mimeType ?? '', content: content ?? '' }
})

function textOfBase64(base64: string): string | null {
  const packed = base64.replaceAll(/\s+/g, '')
  if (packed.length % 4 !== 0 || !/^[0-9A-Za-z+/]*={0,2}$/.test(packed)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(packed, 'base64'))
  } catch {
    return null
  }
}

/** The same without the parts that are not there. */
function present<Parts extends object>(
  parts: Parts,
): { [Part in keyof Parts]?: Exclude<Parts[Part], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as never
}

/**
 * A result as an answer: code 0 with its value, any other code as a refusal, anything else as garbled.
 * `secrets` are taken out of what the service wrote for people.
 */
export function answerOf<Value>(
  result: unknown,
  value: z.ZodType<Value>,
  secrets: readonly string[],
): Answer<Value> {
  const read = outcome.safeParse(result)
  if (!read.success) return garbled('no result code that is a whole number')
  const { resultCode: code, resultDescription = '' } = read.data
  if (code !== 0) return refusal(code, withoutSecrets(resultDescription, secrets))
  const found = value.safeParse(result)
  return found.success ? { kind: 'ok', value: found.data } : garbled('a result that lacks what it must hold')
}

const garbled = (detail: string) => ({ kind: 'noAnswer', reason: 'garbled', detail }) as const

function refusal(code: number, description: string): Refused {
  const { name, passing } = seqrResultOf(code)
  return { kind: 'refused', code, name, description: description.slice(0, 200), passing }
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
}
