import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerPage } from '../phone/pages.ts'
import { answerPhone } from '../phone/phone-routes.ts'
import type { BookOptions } from './book-state.ts'
import type { ResellerAccount } from './book-types.ts'
import { createFaults, faultSchema, type FaultOrder, type Faults } from './faults.ts'
import { readBody, sendJson, sendText, sendXml } from './http-answers.ts'
import { newSandboxId } from './new-id.ts'
import { createSeqrBook, type BookView, type SeqrBook } from './seqr-book.ts'
import { answerSoap, type CallRecord } from './soap-endpoint.ts'
import { readStateFile, writeStateFile } from './state-file.ts'

/** The shop that the sandbox knows when it is told of no other. */
export const sandboxReseller: ResellerAccount = {
  resellerId: 'DEMOSHOP',
  userId: '9900',
  password: 'sandbox-shop',
  name: 'Demo shop',
  currency: 'SEK',
}

export type SeqrSandboxOptions = Partial<Omit<BookOptions, 'restore'>> & {
  /** The text of the WSDL, handed out with this service's own address in it. */
  readonly wsdl: string
  /** Default 0: any free one. */
  readonly port?: number
  readonly faults?: readonly FaultOrder[]
  /** Where the book outlives a restart; without it everything is forgotten. */
  readonly stateFile?: string
  /** Told of each call after it; never of what was in it. */
  readonly log?: (call: CallRecord) => void
}

export type SeqrSandbox = {
  /** The SOAP endpoint; `?wsdl` behind it gives the WSDL. */
  readonly url: string
  readonly phoneUrl: string
  readonly controlUrl: string
  readonly book: SeqrBook
  readonly faults: Faults
  readonly close: () => Promise<void>
}

/** What `GET /control/state` tells. */
export type ControlState = BookView & {
  readonly faults: ReturnType<Faults['list']>
  /** The latest calls, newest first. */
  readonly calls: readonly CallRecord[]
}

const servicePath = '/ERSWSExternalClientServicePort'
const callsKept = 60

/**
 * A SEQR service on 127.0.0.1, with the buyer's phone at `/phone` and its troubles at `/control`.
 * Any path takes SOAP by POST. Rejects when the port is taken.
 */
export async function startSeqrSandbox(options: SeqrSandboxOptions): Promise<SeqrSandbox> {
  const { port = 0, stateFile, faults: orders, log, wsdl, ...bookOptions } = options
  const now = bookOptions.now ?? Date.now
  const kept = stateFile === undefined ? undefined : readStateFile(stateFile)
  const book = createSeqrBook({
    resellers: [sandboxReseller],
    newId: (kind) => newSandboxId(kind, now()),
    ...bookOptions,
    now,
    ...(kept === undefined ? {} : { restore: kept }),
  })
  const faults = createFaults(orders)
  const calls: CallRecord[] = []
  const closing = new AbortController()
  const record = (call: CallRecord) => {
    calls.unshift(call)
    calls.length = Math.min(calls.length, callsKept)
    log?.(call)
  }
  const endpoint = { book, faults, now, record, closing: closing.signal }
  let savedRevision = book.revision()
  const save = () => {
    if (stateFile === undefined || savedRevision === book.revision()) return
    savedRevision = book.revision()
    try {
      writeStateFile(stateFile, book.snapshot())
    } catch {
      // A full disk must not stop the practice; the book goes on from memory and is written at the next change.
    }
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isLoopbackHost(request.headers.host))
      return sendText(response, 421, 'text/plain', 'not the host that was asked for')
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    if (url.pathname.startsWith('/control/')) return answerControl(request, response, url.pathname)
    if (url.pathname.startsWith('/phone/')) {
      const { status, body } = answerPhone(book, url, await readJson(request))
      return sendJson(response, status, body)
    }
    if (request.method === 'POST') return answerSoap(endpoint, request, response)
    if (url.searchParams.has('wsdl') || url.searchParams.has('WSDL'))
      return sendXml(response, 200, withAddress(wsdl, `${url.origin}${servicePath}`))
    const page = answerPage(url.pathname)
    if (page === null) return sendText(response, 404, 'text/plain', 'There is nothing here.')
    return sendText(response, 200, page.type, page.text)
  }

  const answerControl = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    if (path === '/control/state') {
      const state: ControlState = { ...book.view(), faults: faults.list(), calls }
      return sendJson(response, 200, state)
    }
    if (path !== '/control/faults') return sendJson(response, 404, { error: 'nothing here' })
    if (request.method === 'DELETE') faults.clear()
    if (request.method === 'POST') {
      const order = faultSchema.safeParse(await readJson(request))
      if (!order.success) return sendJson(response, 400, { error: order.error.issues[0]?.message })
      faults.add(order.data)
    }
    return sendJson(response, 200, faults.list())
  }

  const server = createServer((request, response) => {
    // A cut connection, ours or the client's, is an ordinary event here.
    response.on('error', () => {})
    answer(request, response)
      .catch(() => response.destroy())
      .finally(save)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () =>
    new Promise<void>((resolve) => {
      closing.abort()
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return {
    url: origin + servicePath,
    phoneUrl: `${origin}/phone`,
    controlUrl: `${origin}/control`,
    book,
    faults,
    close,
  }
}

/** Keeps web pages of elsewhere out, which could lead their own name here. */
function isLoopbackHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? '')
}

/** The JSON body of a POST; undefined for anything else, which the one who asked will refuse. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  if (request.method !== 'POST' || !/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    return undefined
  const bytes = await readBody(request, 100_000)
  try {
    return bytes === null ? undefined : JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

function withAddress(wsdl: string, address: string): string {
  return wsdl.replace(/(<soap:address\s+location=")[^"]*(")/, `$1${address}$2`)
}
