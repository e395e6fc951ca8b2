/** The line between a simulated till and the practice service: it delays, drops, repeats and garbles as the weather says. */
import { decimalOf } from '../../../app/domain/money.ts'
import type { SeqrInvoice } from '../../../app/domain/seqr-invoice.ts'
import { seqrResultOf } from '../../../app/domain/seqr-result.ts'
import type { ContextArgs, InvoiceArgs, PaymentStatusReply } from '../../sandbox/seqr/book-types.ts'
import type { Reply } from '../../sandbox/seqr/result-codes.ts'
import type { SeqrBook } from '../../sandbox/seqr/seqr-book.ts'
import type { Answer, PaymentStatus, SeqrService, TerminalLogin } from '../../seqr/service.ts'
import type { Agenda } from './agenda.ts'
import type { Life } from './life.ts'
import type { Fate, Operation, Question, Weather } from './weather.ts'

/** One question as the till asked it, and how it went, for whoever watches the rules. */
export interface Asked {
  readonly life: Life
  readonly operation: Operation
  /** The till's own number of the invoice; for everything after the first question found by its reference. */
  readonly clientInvoiceId: string
  readonly reference: string | null
  readonly atMs: number
  readonly fate: Fate
  endedAtMs: number | null
  answered: boolean
}

export interface LineWatcher {
  /** Before anything is sent. The life may end here. */
  leaving(life: Life, operation: Operation): void
  asked(asked: Asked): void
  /** Sent, and nothing has come back yet. The life may end here. */
  left(life: Life, operation: Operation): void
  /** An answer has come to the till's door. The life may end here, before it is heard. */
  arriving(life: Life, operation: Operation): void
  ended(asked: Asked): void
  /** The service has made an invoice; `alone` is false when a question was delivered twice. */
  invoiceMade(clientInvoiceId: string, reference: string, question: Question): void
  note(text: () => string): void
}

export interface LineOptions {
  readonly agenda: Agenda
  readonly book: SeqrBook
  readonly weather: Weather
  readonly watcher: LineWatcher
  readonly clientIdOf: (reference: string) => string
}

/** The line's own patience, for questions that come without a deadline. */
const longestQuestionMs = 15_000

type Told = { readonly answer: Answer<unknown> }

const noAnswer = (reason: 'timeout' | 'unreachable' | 'reset' | 'garbled' | 'aborted'): Answer<never> => ({
  kind: 'noAnswer',
  reason,
  detail: `simulated: ${reason}`,
})

const refusal = (code: number): Answer<never> => {
  const { name, passing } = seqrResultOf(code)
  return { kind: 'refused', code, name, description: name, passing }
}

const fromReply = <Value>(reply: Reply, value: () => Value): Answer<Value> =>
  reply.resultCode === 0 ? { kind: 'ok', value: value() } : refusal(reply.resultCode)

/** The service as one life of the till reaches it. */
export function seqrOver(options: LineOptions, life: Life): SeqrService {
  const { agenda, book, weather, watcher } = options
  const stale = new Map<string, PaymentStatusReply>()

  interface Asking<Value> {
    readonly operation: Operation
    readonly clientInvoiceId: string
    readonly reference: string | null
    /** Carries it out at the service, whenever it arrives there. */
    readonly process: (question: Question) => Answer<Value>
    readonly signal: AbortSignal | undefined
  }

  function ask<Value>(asking: Asking<Value>): Promise<Answer<Value>> {
    const { operation, clientInvoiceId, reference, signal } = asking
    if (!life.alive()) return forever()
    watcher.leaving(life, operation)
    if (!life.alive()) return forever()
    const question = weather.fateOf(operation, agenda.now())
    const asked: Asked = {
      life,
      operation,
      clientInvoiceId,
      reference,
      atMs: agenda.now(),
      fate: question.fate,
      endedAtMs: null,
      answered: false,
    }
    watcher.asked(asked)
    return new Promise((resolve) => {
      const tell = (answer: Answer<Value>) => {
        if (asked.endedAtMs !== null || !life.alive()) return
        if (answer.kind !== 'noAnswer' || answer.reason !== 'aborted') watcher.arriving(life, operation)
        if (!life.alive()) return
        asked.endedAtMs = agenda.now()
        asked.answered = answer.kind !== 'noAnswer'
        watcher.ended(asked)
        watcher.note(() => `${operation} ${clientInvoiceId} ${reference ?? ''}: ${told({ answer })}`)
        resolve(answer)
      }
      const isTimeOut = () => signal?.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
      signal?.addEventListener('abort', () => tell(noAnswer(isTimeOut() ? 'timeout' : 'aborted')), {
        once: true,
      })
      if (signal === undefined || operation === 'receipt')
        agenda.at(agenda.now() + longestQuestionMs, () => tell(noAnswer('timeout')))
      carry(asking, question, tell)
      watcher.left(life, operation)
    })
  }

  /** Brings the question to the service and its answer back, or what becomes of them. */
  function carry<Value>(
    asking: Asking<Value>,
    question: Question,
    tell: (answer: Answer<Value>) => void,
  ): void {
    const { fate, outMs, backMs, code } = question
    const arrive = (then: () => Answer<Value> | null) =>
      agenda.at(agenda.now() + outMs, () => {
        const answer = then()
        if (answer !== null) agenda.at(agenda.now() + backMs, () => tell(answer))
      })
    const process = () => asking.process(question)
    switch (fate) {
      case 'unreachable':
        return void arrive(() => noAnswer('unreachable'))
      case 'lost':
        return
      case 'resetBefore':
        return void arrive(() => noAnswer('reset'))
      case 'garbledBefore':
        return void arrive(() => noAnswer('garbled'))
      case 'refused':
        return void arrive(() => refusal(code))
      case 'hollow':
        return void arrive(() => (code === 0 ? { kind: 'ok', value: null as Value } : refusal(code)))
      case 'resetAfter':
      case 'garbledAfter':
        return void arrive(() => {
          process()
          return noAnswer(fate === 'resetAfter' ? 'reset' : 'garbled')
        })
      case 'refusedAfter':
        return void arrive(() => {
          process()
          return refusal(code)
        })
      case 'answerLost':
        return void arrive(() => {
          process()
          return null
        })
      case 'twice':
        return void arrive(() => {
          const first = process()
          const second = process()
          return code % 2 === 0 ? first : second
        })
      case 'answered':
      case 'late':
      case 'unknownStatus':
      case 'noReference':
      case 'otherAmount':
      case 'noAmount':
      case 'stale':
        return void arrive(process)
    }
  }

  function about(reference: string) {
    return { reference, clientInvoiceId: options.clientIdOf(reference) }
  }

  function status(reply: PaymentStatusReply, reference: string, fate: Fate): Answer<PaymentStatus> {
    const shown = fate === 'stale' ? (stale.get(reference) ?? reply) : reply
    if (fate !== 'stale') stale.set(reference, reply)
    return fromReply(shown, () => statusOf(shown, fate))
  }

  const service: Pick<
    SeqrService,
    | 'sendInvoice'
    | 'updateInvoice'
    | 'getPaymentStatus'
    | 'cancelInvoice'
    | 'commitReservation'
    | 'submitPaymentReceipt'
  > = {
    sendInvoice: (login, invoice, signal) =>
      ask({
        operation: 'send',
        clientInvoiceId: invoice.clientInvoiceId,
        reference: null,
        signal,
        process(question) {
          const reply = book.sendInvoice({ context: contextOf(login), invoice: invoiceArgs(invoice) })
          const invoiceReference = reply.invoiceReference ?? ''
          if (reply.resultCode === 0) watcher.invoiceMade(invoice.clientInvoiceId, invoiceReference, question)
          return fromReply(reply, () => ({ invoiceReference }))
        },
      }),
    updateInvoice: (login, invoiceReference, invoice, signal) =>
      ask({
        operation: 'update',
        ...about(invoiceReference),
        signal,
        process: () =>
          fromReply(
            book.updateInvoice({
              context: contextOf(login),
              invoiceReference,
              invoice: invoiceArgs(invoice),
            }),
            () => null,
          ),
      }),
    getPaymentStatus: (login, invoiceReference, version, signal) =>
      ask({
        operation: 'status',
        ...about(invoiceReference),
        signal,
        process: ({ fate }) => {
          const context = contextOf(login)
          const invoiceVersion = String(version)
          return status(
            book.getPaymentStatus({ context, invoiceReference, invoiceVersion }),
            invoiceReference,
            fate,
          )
        },
      }),
    cancelInvoice: (login, invoiceReference, signal) =>
      ask({
        operation: 'cancel',
        ...about(invoiceReference),
        signal,
        process: () =>
          fromReply(book.cancelInvoice({ context: contextOf(login), invoiceReference }), () => null),
      }),
    commitReservation: (login, invoiceReference, amountMinor, currency, signal) =>
      ask({
        operation: 'commit',
        ...about(invoiceReference),
        signal,
        process() {
          const amount = { currency, value: decimalOf(amountMinor, currency) }
          return fromReply(
            book.commitReservation({ context: contextOf(login), invoiceReference, amount }),
            () => null,
          )
        },
      }),
    submitPaymentReceipt: (login, ersReference, document, signal) =>
      ask({
        operation: 'receipt',
        clientInvoiceId: '',
        reference: ersReference,
        signal,
        process() {
          const receiptData = Buffer.from(document.data).toString('base64')
          const receiptDocument = {
            mimeType: document.mimeType,
            receiptType: document.receiptType,
            receiptData,
          }
          return fromReply(
            book.submitPaymentReceipt({ context: contextOf(login), ersReference, receiptDocument }),
            () => null,
          )
        },
      }),
  }
  return { ...notSimulated, ...service, probe: () => (life.alive() ? probe() : forever()) }

  async function probe() {
    const { fate } = weather.fateOf('receipt', agenda.now())
    return fate === 'unreachable' || fate === 'lost' ? 'offline' : 'online'
  }
}

const forever = <T>(): Promise<T> => new Promise(() => {})

const unasked = (): Promise<never> => Promise.reject(new Error('The simulation does not ask this'))

const notSimulated = {
  registerTerminal: unasked,
  unregisterTerminal: unasked,
  assignSeqrId: unasked,
  refundPayment: unasked,
  markTransactionPeriod: unasked,
  executeReport: unasked,
}

function told({ answer }: Told): string {
  switch (answer.kind) {
    case 'ok':
      return `ok ${JSON.stringify(answer.value)}`
    case 'refused':
      return `refused ${answer.code} ${answer.name}`
    case 'noAnswer':
      return `no answer (${answer.reason})`
  }
}

function contextOf({ terminalId, password }: TerminalLogin): ContextArgs {
  return {
    channel: 'ClientWS',
    clientId: 'Kassa simulation',
    clientReference: '',
    clientRequestTimeout: '0',
    initiatorPrincipalId: { type: 'TERMINALID', id: terminalId },
    password,
  }
}

function invoiceArgs(invoice: SeqrInvoice): InvoiceArgs {
  const amount = (minor: number) => ({
    currency: invoice.currency,
    value: decimalOf(minor, invoice.currency),
  })
  const { commitReservationTimeoutSeconds: seconds } = invoice
  return {
    paymentMode: invoice.paymentMode,
    acknowledgmentMode: 'NO_ACKNOWLEDGMENT',
    title: invoice.title,
    clientInvoiceId: invoice.clientInvoiceId,
    invoiceRows: invoice.rows.map((row) => ({
      itemDescription: row.description,
      itemQuantity: String(row.quantityThousandths / 1000),
      itemTotalAmount: amount(row.totalMinor),
    })),
    totalAmount: amount(invoice.totalMinor),
    cashierId: invoice.cashierId,
    ...(seconds === undefined ? {} : { commitReservationTimeout: String(seconds) }),
  }
}

/** What the till is told of a status, with what the line did to it. */
function statusOf(reply: PaymentStatusReply, fate: Fate): PaymentStatus {
  const { status = 'ISSUED', version, ersReference } = reply
  if (fate === 'unknownStatus') return { status: 'UNKNOWN', rawStatus: 'ON_HOLIDAY', version }
  const amountMinor = amountOf(reply.receipt?.invoice.totalAmount?.value, fate)
  return {
    status,
    rawStatus: status,
    version,
    ...(ersReference === undefined || status !== 'PAID' || fate === 'noReference' ? {} : { ersReference }),
    ...(amountMinor === undefined ? {} : { receipt: { amountMinor } }),
  }
}

function amountOf(value: string | undefined, fate: Fate): number | undefined {
  if (value === undefined || fate === 'noAmount') return undefined
  const minor = Math.round(Number(value) * 100)
  return fate === 'otherAmount' ? minor + 1 : minor
}
