import http from 'node:http'
import https from 'node:https'
import type { Reachability } from '../service.ts'

export interface Probe {
  readonly url: string
  readonly slowAfterMs: number
  readonly deadlineMs: number
  readonly caCertificate?: string | undefined
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
}

/**
 * Whether the service answers at all: asks for its description and looks at the head of the reply only. A web page or
 * a redirect is what networks put in the way of the service, so it counts as offline, as do its own 5xx.
 */
export function probe(question: Probe, signal?: AbortSignal): Promise<Reachability> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve('offline')
    const startedAtMs = question.now()
    const request = ask(question)
    const finish = (found: Reachability) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', offline)
      request.destroy()
      resolve(found)
    }
    const offline = () => finish('offline')
    const timer = setTimeout(offline, question.deadlineMs)
    signal?.addEventListener('abort', offline)
    request.on('error', offline)
    request.on('response', (response) => {
      const slow = question.now() - startedAtMs > question.slowAfterMs
      if (isService(response)) finish(slow ? 'slow' : 'online')
      else offline()
    })
    request.end()
    return undefined
  })
}

function ask(question: Probe): http.ClientRequest {
  const url = new URL(question.url)
  url.search = '?wsdl'
  if (url.protocol === 'http:') return http.request(url, { agent: new http.Agent({ keepAlive: false }) })
  const agent = new https.Agent({ keepAlive: false, rejectUnauthorized: true, ca: question.caCertificate })
  return https.request(url, { agent })
}

function isService({ statusCode = 0, headers }: http.IncomingMessage): boolean {
  const isPage = statusCode === 200 && /\bhtml\b/i.test(headers['content-type'] ?? '')
  const isRedirect = statusCode >= 300 && statusCode < 400
  return !isPage && !isRedirect && statusCode < 500
}
