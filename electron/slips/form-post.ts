import http from 'node:http'
import https from 'node:https'
import type { LinkFault } from '../../app/domain/slip.ts'

export type FormAnswer =
  { readonly ok: true; readonly json: unknown } | { readonly ok: false; readonly fault: LinkFault }

export type FormPost = {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
  /** From now to the last byte of the answer. */
  readonly limitMs: number
  readonly signal: AbortSignal
}

/** An answer is a few hundred bytes; what is longer than this is not one. */
const largestAnswerBytes = 256 * 1024

/**
 * Posts a form and reads the JSON that comes back. Everything but a JSON body under status 200 within the limit
 * is a fault; nothing is thrown for what a network or a server can do. Redirects are not followed: they would
 * carry a signed request to a stranger. Each post has its own connection, for a kept one may be dead already,
 * and a confirm lost on it would wait ten minutes.
 */
export async function postForm({ url, fields, limitMs, signal }: FormPost): Promise<FormAnswer> {
  if (signal.aborted) return fault('stopped')
  if (limitMs <= 0) return fault('late')
  const deadline = AbortSignal.timeout(Math.ceil(limitMs))
  try {
    const body = await exchange(
      url,
      new URLSearchParams(fields).toString(),
      AbortSignal.any([signal, deadline]),
    )
    return typeof body === 'string' ? readJson(body) : body
  } catch {
    if (signal.aborted) return fault('stopped')
    return fault(deadline.aborted ? 'late' : 'unreachable')
  }
}

function exchange(url: string, body: string, signal: AbortSignal): Promise<string | FormAnswer> {
  const { request } = url.startsWith('https:') ? https : http
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    accept: 'application/json',
  }
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers, agent: false, signal }, (answer) => {
      const status = answer.statusCode ?? 0
      if (status !== 200) {
        answer.destroy()
        resolve(fault(status >= 300 && status < 400 ? 'redirected' : 'httpError'))
        return
      }
      readBody(answer).then(resolve, reject)
    })
    call.on('error', reject)
    call.end(body)
  })
}

async function readBody(answer: http.IncomingMessage): Promise<string | FormAnswer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > largestAnswerBytes) return fault('tooLarge')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function readJson(text: string): FormAnswer {
  try {
    return { ok: true, json: JSON.parse(text) }
  } catch {
    return fault('unreadable')
  }
}

function fault(fault: LinkFault): FormAnswer {
  return { ok: false, fault }
}
