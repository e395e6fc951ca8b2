import type { z } from 'zod'
import type { Answer, ResellerLogin, SeqrService, TerminalLogin } from '../service.ts'
import {
  amountArguments,
  contextOf,
  documentArguments,
  invoiceArguments,
  periodArguments,
  refundArguments,
  reportArguments,
  terminalArguments,
} from './arguments.ts'
import type { Arguments } from './arguments.ts'
import { createSoapClient } from './client.ts'
import type { Operation } from './client.ts'
import { probe } from './probe.ts'
import {
  answerOf,
  done,
  executedReport,
  markedPeriod,
  paymentStatus,
  refunded,
  registeredTerminal,
  sentInvoice,
} from './results.ts'
import { checkServiceUrl } from './service-url.ts'
import { printable } from './xml.ts'

export interface SeqrSoapOptions {
  /** HTTPS, or HTTP on this machine. */
  readonly url: string
  /** The text of resources/seqr.wsdl. */
  readonly wsdl: string
  /** The program's version, sent as `Kassa <version>`. */
  readonly version: string
  /** How long one question may take in all; 10 s unless given. */
  readonly deadlineMs?: number
  /** A new text of at most 32 characters at each call. */
  readonly newClientReference: () => string
  /** PEM. When given, only certificates that it signed are accepted. */
  readonly caCertificate?: string
  /** Milliseconds of a clock that never goes back, for {@link SeqrService.probe}. */
  readonly now?: () => number
}

export interface SeqrSoapService extends SeqrService {
  /** Loads the SOAP client ahead of the first question. Rejects when the WSDL cannot be read. */
  prepare(): Promise<void>
}

/** Where nothing ever listens, for a client that is never to ask. */
const unusable = 'https://localhost:0/'

interface Question<Value> {
  readonly operation: Operation
  readonly login: ResellerLogin | TerminalLogin
  /** What follows the context, in the schema's words; the order is the schema's in any case. */
  readonly content: Arguments
  /** What a successful answer must hold. */
  readonly value: z.ZodType<Value>
  readonly signal: AbortSignal | undefined
}

/**
 * The SEQR service over SOAP 1.1. With an address that passwords may not be sent to, or none, every question is
 * answered `unreachable` and nothing is sent: a wrong setting must not keep the till from starting.
 */
export function createSeqrSoapService(options: SeqrSoapOptions): SeqrSoapService {
  const address = checkServiceUrl(options.url)
  const url = address.ok ? address.url : unusable
  const client = createSoapClient({ deadlineMs: 10_000, ...options, url })

  async function ask<Value>(question: Question<Value>): Promise<Answer<Value>> {
    const { operation, login, content, signal } = question
    if (!address.ok) return unreachable(`${operation}: no usable address: ${address.reason}`)
    const parts = { version: options.version, clientReference: options.newClientReference() }
    const called = await client.call(operation, { context: contextOf(login, parts), ...content }, signal)
    if (!called.ok)
      return { kind: 'noAnswer', reason: called.reason, detail: `${operation}: ${called.detail}` }
    return answerOf(called.result, question.value, secretsOf(login, content))
  }

  return {
    prepare: client.prepare,
    registerTerminal: (login, terminal, signal) => {
      const content = terminalArguments(terminal)
      return ask({ operation: 'registerTerminal', login, content, value: registeredTerminal, signal })
    },
    unregisterTerminal: (login, signal) =>
      ask({ operation: 'unregisterTerminal', login, content: {}, value: done, signal }),
    assignSeqrId: (login, seqrId, signal) => {
      const content = { seqrId: printable(seqrId) }
      return ask({ operation: 'assignSeqrId', login, content, value: done, signal })
    },
    sendInvoice: (login, invoice, signal) => {
      const content = { invoice: invoiceArguments(invoice) }
      return ask({ operation: 'sendInvoice', login, content, value: sentInvoice, signal })
    },
    updateInvoice: (login, invoiceReference, invoice, signal) => {
      const content = { invoiceReference: printable(invoiceReference), invoice: invoiceArguments(invoice) }
      return ask({ operation: 'updateInvoice', login, content, value: done, signal })
    },
    getPaymentStatus: (login, invoiceReference, version, signal) => {
      const content = { invoiceReference: printable(invoiceReference), invoiceVersion: String(version) }
      return ask({ operation: 'getPaymentStatus', login, content, value: paymentStatus, signal })
    },
    cancelInvoice: (login, invoiceReference, signal) => {
      const content = { invoiceReference: printable(invoiceReference) }
      return ask({ operation: 'cancelInvoice', login, content, value: done, signal })
    },
    commitReservation: (login, invoiceReference, amountMinor, currency, signal) => {
      const amount = amountArguments(amountMinor, currency)
      const content = { amount, invoiceReference: printable(invoiceReference) }
      return ask({ operation: 'commitReservation', login, content, value: done, signal })
    },
    refundPayment: (login, ersReference, refund, signal) => {
      const content = { ersReference: printable(ersReference), invoice: refundArguments(refund) }
      return ask({ operation: 'refundPayment', login, content, value: refunded, signal })
    },
    submitPaymentReceipt: (login, ersReference, document, signal) => {
      const receiptDocument = documentArguments(document)
      const content = { ersReference: printable(ersReference), receiptDocument }
      return ask({ operation: 'submitPaymentReceipt', login, content, value: done, signal })
    },
    markTransactionPeriod: (login, terminalId, signal) => {
      const content = periodArguments(terminalId)
      return ask({ operation: 'markTransactionPeriod', login, content, value: markedPeriod, signal })
    },
    executeReport: (login, reportId, question, signal) => {
      const content = reportArguments(reportId, question)
      return ask({ operation: 'executeReport', login, content, value: executedReport, signal })
    },
    probe: async (signal) => {
      if (!address.ok) return 'offline'
      const { caCertificate, now = () => performance.now() } = options
      return probe({ url, slowAfterMs: 1000, deadlineMs: 3000, caCertificate, now }, signal)
    },
  }
}

const unreachable = (detail: string) => ({ kind: 'noAnswer', reason: 'unreachable', detail }) as const

function secretsOf(login: ResellerLogin | TerminalLogin, content: Arguments): string[] {
  const ours = [login.password, printable(login.password)]
  return typeof content['password'] === 'string' ? [...ours, content['password']] : ours
}
