import type http from 'node:http'
import { controlRoutes, type ControlParts } from './control-routes.ts'
import { pageRoutes, type PageParts } from './page-routes.ts'
import { publishedRoutes, tillRoutes } from './platform-routes.ts'
import { send, text, type Asked, type Route } from './reply.ts'
import { sendTroubled } from './troubled-reply.ts'

export type Parts = ControlParts &
  PageParts & { readonly log: (message: string, about: Readonly<Record<string, unknown>>) => void }

const largestBodyBytes = 64 * 1024

/** Everything that the server answers, by path. */
export function serverRoutes(parts: Parts) {
  const routes = [
    ...publishedRoutes(parts),
    ...tillRoutes(parts),
    ...pageRoutes(parts),
    ...controlRoutes(parts),
  ]
  return async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    try {
      await answer(routes, parts, request, response)
    } catch (error) {
      parts.log('7-CONNECT request failed', { error: String(error) })
      send(response, text(500, 'The sandbox has a bug: see its log'))
    }
  }
}

async function answer(
  routes: readonly Route[],
  { faults, log }: Parts,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const address = `http://sandbox${request.url ?? '/'}`
  if (!URL.canParse(address)) return send(response, text(400, 'No such address'))
  const { pathname, searchParams } = new URL(address)
  const path = pathname === '/' ? '/dashboard' : pathname.replace(/\/$/, '')
  const here = routes.filter(
    (each) => path === each.path || (each.path.endsWith('/') && path.startsWith(each.path)),
  )
  if (here.length === 0) return send(response, text(404, 'There is nothing here'))
  const route = here.find(({ methods }) => methods.includes(request.method ?? ''))
  if (route === undefined) return send(response, text(405, 'Not by this method'))
  if (isFromAStranger(route, request)) return send(response, text(415, 'Send JSON'))
  const fault = route.place === undefined ? null : faults.take(route.place)
  if (fault?.kind === 'down' || fault?.kind === 'dropBefore') {
    request.socket.destroy()
    return
  }
  const asked = await read(request, searchParams, path.slice(route.path.length))
  if (asked === null) return send(response, text(413, 'Too much'))
  const reply = await route.answer(asked)
  log('7-CONNECT request', { path, status: reply.status })
  sendTroubled(request, response, reply, fault)
}

/** A page of another origin can post a form here, but no JSON without asking first. */
function isFromAStranger(route: Route, request: http.IncomingMessage): boolean {
  if (!route.path.startsWith('/control') || request.method === 'GET') return false
  return request.headers['content-type']?.startsWith('application/json') !== true
}

async function read(
  request: http.IncomingMessage,
  query: URLSearchParams,
  rest: string,
): Promise<Asked | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > largestBodyBytes) return null
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks).toString('utf8')
  const isJson = request.headers['content-type']?.startsWith('application/json') === true
  const fields = isJson ? query : new URLSearchParams([...query, ...new URLSearchParams(body)])
  return { form: Object.fromEntries(fields), json: isJson ? jsonOf(body) : null, rest }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
