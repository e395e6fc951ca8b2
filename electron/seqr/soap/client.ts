// The `soap` package, fenced in: it writes the requests and reads results that were taken apart before, but neither
// sends nor meets anything that came over the network.
import type { Client, IHttpClient } from 'soap'
import type { NoAnswerReason } from '../service.ts'
import type { Arguments } from './arguments.ts'
import { exchange } from './http.ts'
import { readReply } from './reply.ts'

export interface SoapClientOptions {
  readonly url: string
  readonly wsdl: string
  readonly version: string
  readonly deadlineMs: number
  readonly caCertificate?: string
}

export type Operation =
  | 'registerTerminal'
  | 'unregisterTerminal'
  | 'assignSeqrId'
  | 'sendInvoice'
  | 'updateInvoice'
  | 'getPaymentStatus'
  | 'cancelInvoice'
  | 'commitReservation'
  | 'refundPayment'
  | 'submitPaymentReceipt'
  | 'markTransactionPeriod'
  | 'executeReport'

/** What came back: the `return` of the operation, its content not checked yet, or why there is none. */
export type Called =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly reason: NoAnswerReason; readonly detail: string }

export interface SoapClient {
  /** Loads the `soap` package and reads the WSDL; rejects when that cannot be read. */
  prepare(): Promise<void>
  /** Rejects only for a broken WSDL. */
  call(operation: Operation, content: Arguments, signal: AbortSignal | undefined): Promise<Called>
}

interface CallOptions {
  readonly operation: Operation
  readonly signal: AbortSignal | undefined
}

const largestReplyBytes = 1_048_576

/** Ends a call of the package: there is no answer, and this is why. */
class NoAnswer extends Error {
  readonly reason: NoAnswerReason
  constructor(reason: NoAnswerReason, detail: string) {
    super(detail)
    this.reason = reason
  }
}

/** A client that loads the package at the first need, as that takes a tenth of a second. */
export function createSoapClient(options: SoapClientOptions): SoapClient {
  const client = once(() => loadClient(options))
  return {
    prepare: async () => void (await client()),
    call: async (operation, content, signal) => call(await client(), content, { operation, signal }),
  }
}

/** The value of the first call, kept; after a failure it is made again. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null
      throw error
    })
    return made
  }
}

async function loadClient(options: SoapClientOptions): Promise<Client> {
  if (!options.wsdl.startsWith('<?xml')) throw new Error('the SEQR WSDL is not an XML text')
  const { createClientAsync } = await import('soap')
  const keep = (text: string) => text
  return createClientAsync(options.wsdl, {
    endpoint: options.url,
    // The package's cache would hand out a client with the settings of whoever came first.
    disableCache: true,
    preserveWhitespace: true,
    customDeserializer: { int: keep, long: keep, decimal: keep, dateTime: keep },
    httpClient: strictHttpClient(options),
  })
}

async function call(client: Client, content: Arguments, options: CallOptions): Promise<Called> {
  const method = client[`${options.operation}Async`] as (
    content: Arguments,
    options: CallOptions,
  ) => Promise<unknown[]>
  try {
    const [wrapper] = await method(content, options)
    return { ok: true, result: resultIn(wrapper) }
  } catch (error) {
    // The package's own errors may hold the request, password and all, so none of them gets out.
    if (error instanceof NoAnswer) return { ok: false, reason: error.reason, detail: error.message }
    return { ok: false, reason: 'garbled', detail: 'the result could not be read' }
  } finally {
    Object.assign(client, { lastRequest: undefined, lastMessage: undefined, lastResponse: undefined })
  }
}

function resultIn(wrapper: unknown): unknown {
  return typeof wrapper === 'object' && wrapper !== null && 'return' in wrapper ? wrapper.return : undefined
}

function strictHttpClient(options: SoapClientOptions): IHttpClient {
  return {
    request(url: string, body: string, callback, headers, call) {
      const sent = { ...headers, 'User-Agent': `Kassa/${options.version}` }
      void deliver(send(options, url, body, sent, call as CallOptions), callback)
      return undefined as never // the package waits for the callback only
    },
  }
}

async function deliver(envelope: Promise<string>, callback: Parameters<IHttpClient['request']>[2]) {
  try {
    callback(null, { status: 200, headers: {} }, await envelope)
  } catch (error) {
    callback(error)
  }
}

async function send(
  options: SoapClientOptions,
  url: string,
  body: string,
  headers: Record<string, string>,
  call: CallOptions,
): Promise<string> {
  const { deadlineMs, caCertificate } = options
  const limits = { deadlineMs, maxBytes: largestReplyBytes, caCertificate, signal: call.signal }
  const found = await exchange({ url, headers, body, ...limits })
  if (!found.ok) throw new NoAnswer(found.reason, found.detail)
  return envelopeOf(found.status, found.text, call.operation)
}

/** The reply, written anew, or the reason why it is none. HTTP 500 goes with a SOAP fault and nothing else. */
function envelopeOf(status: number, text: string, operation: Operation): string {
  const reply = readReply(text, operation)
  if (reply.kind === 'fault') throw new NoAnswer('http', `SOAP fault ${reply.code} with HTTP ${status}`)
  if (status !== 200) throw new NoAnswer('http', `HTTP ${status} without a SOAP fault`)
  if (reply.kind === 'garbled') throw new NoAnswer('garbled', reply.detail)
  return reply.envelope
}
