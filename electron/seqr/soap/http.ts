import http from 'node:http'
import https from 'node:https'
import type { NoAnswerReason } from '../service.ts'

/** What one exchange may cost, and how it is done. */
export interface Exchange {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** From the first byte out to the last byte in, however slowly they come. */
  readonly deadlineMs: number
  readonly maxBytes: number
  /** PEM; only certificates signed by it are then accepted. */
  readonly caCertificate?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export type Exchanged =
  | { readonly ok: true; readonly status: 200 | 500; readonly text: string }
  | { readonly ok: false; readonly reason: NoAnswerReason; readonly detail: string }

/**
 * Posts a text and gives back the XML text that was answered, or why there is none. Never rejects. It follows no
 * redirects, keeps no connections, heeds no proxy settings, and no detail repeats what was sent or received.
 */
export function exchange(question: Exchange): Promise<Exchanged> {
  return new Promise((resolve) => {
    if (question.signal?.aborted === true) return resolve(lost('aborted', 'stopped before it was sent'))
    const sent = send(question)
    let connected = false
    const finish = (result: Exchanged) => {
      clearTimeout(timer)
      question.signal?.removeEventListener('abort', abort)
      sent.destroy()
      resolve(result)
    }
    const late = () => finish(lost(connected ? 'timeout' : 'unreachable', 'nothing whole by the deadline'))
    const abort = () =>
      isTimeout(question.signal) ? late() : finish(lost('aborted', 'stopped while waiting'))
    const timer = setTimeout(late, question.deadlineMs)
    question.signal?.addEventListener('abort', abort)
    whenConnected(sent, () => (connected = true))
    sent.on('error', (error) => finish(broken(error, connected)))
    sent.on('response', (response) => receive(response, question.maxBytes, finish))
    sent.end(question.body)
    return undefined
  })
}

const lost = (reason: NoAnswerReason, detail: string): Exchanged => ({ ok: false, reason, detail })

/** A signal can carry a deadline of its own, shorter than ours: AbortSignal.timeout says so in its reason. */
function isTimeout(signal: AbortSignal | undefined): boolean {
  const reason: unknown = signal?.reason
  return reason instanceof DOMException && reason.name === 'TimeoutError'
}

function send(question: Exchange): http.ClientRequest {
  const headers = {
    ...question.headers,
    Accept: 'text/xml',
    'Accept-Encoding': 'identity',
    'Content-Length': String(Buffer.byteLength(question.body)),
  }
  const common = { method: 'POST', headers, maxHeaderSize: 16_384 }
  if (new URL(question.url).protocol === 'http:')
    return http.request(question.url, { ...common, agent: new http.Agent({ keepAlive: false }) })
  const agent = new https.Agent({ keepAlive: false, rejectUnauthorized: true, ca: question.caCertificate })
  return https.request(question.url, { ...common, agent })
}

/** Says when the service can have begun to read: with TLS only after its certificate was accepted. */
export function whenConnected(request: http.ClientRequest, connected: () => void) {
  const event = request.protocol === 'https:' ? 'secureConnect' : 'connect'
  request.on('socket', (socket) => socket.once(event, connected))
}

function broken(error: Error, connected: boolean): Exchanged {
  const code = codeOf(error)
  if (!connected) return lost('unreachable', code)
  if (code === 'HPE_HEADER_OVERFLOW') return lost('tooLarge', code)
  return lost(code.startsWith('HPE_') ? 'http' : 'reset', code)
}

/** The error's code, never its message: that may hold addresses or parts of what was sent. */
function codeOf(error: Error): string {
  const code: unknown = 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : 'connection failed'
}

function receive(response: http.IncomingMessage, maxBytes: number, finish: (result: Exchanged) => void) {
  const status = response.statusCode ?? 0
  const refused = headFault(status, response.headers)
  if (refused !== null) return finish(refused)
  const chunks: Buffer[] = []
  let received = 0
  response.on('data', (chunk: Buffer) => {
    received += chunk.length
    chunks.push(chunk)
    if (received > maxBytes) finish(lost('tooLarge', `more than ${maxBytes} bytes`))
  })
  response.on('error', (error) => finish(lost('reset', codeOf(error))))
  response.on('end', () => {
    if (!response.complete) return finish(lost('reset', 'the reply broke off'))
    const text = utf8Of(Buffer.concat(chunks))
    if (text === null) return finish(lost('garbled', 'the reply is not UTF-8'))
    return finish({ ok: true, status: status === 500 ? 500 : 200, text })
  })
}

function headFault(status: number, headers: http.IncomingHttpHeaders): Exchanged | null {
  if (status !== 200 && status !== 500) return lost('http', `HTTP ${status}`)
  const type = headers['content-type'] ?? ''
  if (!/^(?:text|application)\/(?:soap\+)?xml\s*(?:;|$)/i.test(type))
    return lost('http', `HTTP ${status} with something else than XML`)
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return lost('http', 'an encoded reply')
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1] ?? 'utf-8'
  return /^(?:utf-?8|us-ascii)$/i.test(charset) ? null : lost('garbled', 'the reply is not UTF-8')
}

function utf8Of(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
