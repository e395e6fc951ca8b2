import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault, Faults } from './faults.ts'
import { readBody, sendText, sendXml } from './http-answers.ts'
import { carryOut, isOperation } from './operations.ts'
import { reply } from './result-codes.ts'
import type { SeqrBook } from './seqr-book.ts'
import { readRequest } from './soap-reader.ts'
import { faultEnvelope, replyEnvelope, type AnyReply } from './soap-writer.ts'

/** One request as it went, without anything that was in it. */
export type CallRecord = {
  readonly atMs: number
  readonly operation: string
  /** Null when the request was not carried out. */
  readonly resultCode: number | null
  readonly fault: Fault['fault'] | null
}

export type SoapEndpoint = {
  readonly book: SeqrBook
  readonly faults: Faults
  readonly now: () => number
  readonly record: (call: CallRecord) => void
  /** Ends every wait when the service closes. */
  readonly closing: AbortSignal
}

/** A request may be this long: far more than any receipt, far less than what hurts. */
const requestLimitBytes = 1_000_000
const hugeBytes = 100_000_000

export async function answerSoap(
  endpoint: SoapEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const contentType = request.headers['content-type'] ?? ''
  if (!/\bxml\b/i.test(contentType)) return sendText(response, 415, 'text/plain', 'text/xml is spoken here')
  const bytes = await readBody(request, requestLimitBytes)
  if (bytes === null) {
    response.setHeader('connection', 'close')
    return sendXml(response, 413, faultEnvelope('Client', 'the request is too long'))
  }
  const read = readRequest(bytes, contentType)
  if (!read.ok) return sendXml(response, 500, faultEnvelope(read.faultCode, read.reason))
  if (!isOperation(read.operation))
    return sendXml(response, 500, faultEnvelope('Client', 'there is no such operation'))
  const fault = endpoint.faults.take(read.operation)
  const answered =
    fault !== null && isBefore(fault) ? null : carryOut(endpoint.book, read.operation, read.body)
  endpoint.record({
    atMs: endpoint.now(),
    operation: read.operation,
    resultCode: answered?.resultCode ?? null,
    fault: fault?.fault ?? null,
  })
  if (answered === null) return misbehaveBefore(fault, read.operation, response)
  if (fault === null) return sendXml(response, 200, replyEnvelope(read.operation, answered))
  await misbehaveAfter(fault, read.operation, answered, response, endpoint.closing)
}

function isBefore(fault: Fault): boolean {
  return ['dropBefore', 'http500', 'down', 'html', 'soapFault', 'refuse'].includes(fault.fault)
}

function misbehaveBefore(fault: Fault | null, operation: string, response: ServerResponse): void {
  switch (fault?.fault) {
    case 'html':
      return sendText(
        response,
        200,
        'text/html',
        '<html><body><h1>Welcome to our guest network</h1></body></html>',
      )
    case 'down':
      return sendXml(response, 503, faultEnvelope('Server', 'the service is down for maintenance'))
    case 'soapFault':
      return sendXml(response, 500, faultEnvelope('Server', 'something went wrong inside'))
    case 'refuse':
      return sendXml(response, 200, replyEnvelope(operation, refusal(operation, fault.code)))
    case 'http500':
      return sendText(response, 500, 'text/plain', 'Internal Server Error')
    default:
      response.destroy()
  }
}

/** A status reply has a version even when it is a refusal. */
function refusal(operation: string, code: number): AnyReply {
  return operation === 'getPaymentStatus' ? { ...reply(code), version: 0 } : reply(code)
}

async function misbehaveAfter(
  fault: Fault,
  operation: string,
  answered: AnyReply,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const xml = replyEnvelope(operation, answered)
  switch (fault.fault) {
    case 'delay':
      await sleep(fault.ms, undefined, { signal })
      return sendXml(response, 200, xml)
    case 'brokenXml':
      return sendXml(response, 200, xml.slice(0, Math.floor(xml.length * 0.7)))
    case 'empty':
      return sendXml(response, 200, '')
    case 'unknownStatus':
      return sendXml(response, 200, replyEnvelope(operation, { ...answered, status: 'UNDER_REVIEW' }))
    case 'wrongOperation':
      return sendXml(response, 200, replyEnvelope('benchmarkingNop', reply(0)))
    case 'slowLoris':
      return stream(response, signal, drip(xml, fault.ms, signal))
    case 'huge':
      return stream(response, signal, padded(xml))
    default:
      response.destroy()
  }
}

async function stream(
  response: ServerResponse,
  signal: AbortSignal,
  source: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' })
  await pipeline(Readable.from(source), response, { signal })
}

async function* drip(xml: string, ms: number, signal: AbortSignal): AsyncGenerator<string> {
  for (const character of xml) {
    yield character
    await sleep(ms, undefined, { signal })
  }
}

/** A reply that is right, behind a comment without end. */
function* padded(xml: string): Generator<string> {
  const [declaration = '', rest = ''] = xml.split('?>')
  const padding = 'x'.repeat(65_536)
  yield `${declaration}?><!-- `
  for (let sent = 0; sent < hugeBytes; sent += padding.length) yield padding
  yield ` -->${rest}`
}
