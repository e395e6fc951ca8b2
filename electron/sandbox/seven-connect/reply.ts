import type http from 'node:http'
import type { FaultPlace } from './faults.ts'
import { html } from './html.ts'
import { page } from './page.ts'
import type { Form } from './published.ts'

export type Reply = {
  readonly status: number
  readonly type: 'html' | 'json' | 'csv' | 'js'
  readonly body: string
  readonly location?: string
}
export type Asked = { readonly form: Form; readonly json: unknown; readonly rest: string }
export type Route = {
  readonly methods: readonly string[]
  readonly path: string
  /** Requests to it can be troubled under this name. */
  readonly place?: FaultPlace
  readonly answer: (asked: Asked) => Reply | Promise<Reply>
}

const contentTypes = {
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
}
export function json(value: unknown, status = 200): Reply {
  return { status, type: 'json', body: JSON.stringify(value) }
}

export function text(status: number, message: string): Reply {
  const body = page('7-CONNECT sandbox', html`<main><p class="card">${message}</p></main>`)
  return { status, type: 'html', body }
}

export function send(response: http.ServerResponse, { status, type, body, location }: Reply): void {
  response.writeHead(status, {
    'content-type': contentTypes[type],
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src data:",
    ...(type === 'csv' && { 'content-disposition': 'attachment; filename="posted.csv"' }),
    ...(location !== undefined && { location }),
  })
  response.end(body)
}
