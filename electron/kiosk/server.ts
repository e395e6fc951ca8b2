import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Answerer, Caller } from '../../app/contract/define.ts'
import type { Log } from '../log.ts'
import { type PageFile, pageFilesIn } from '../page-files.ts'
import { type Gate, openGate } from './gate.ts'
import { noticeText, serveSocket } from './ws-wire.ts'

export interface KioskServer {
  readonly port: number
  /** An address that lets one browser in, once. */
  address(): string
  /** Tells every window that may hear it. */
  announce(channel: string, payload: unknown): void
  /** How many windows are connected. */
  windows(screen: Caller['screen']): number
  close(): Promise<void>
}

export interface KioskServerOptions {
  /** Zero: any free port. */
  readonly port: number
  /** The folder of the built screens. */
  readonly pageDir: string
  readonly answer: Answerer
  /** The notices that the customer's display may hear. */
  readonly displayMay: readonly string[]
  readonly log: Log
  readonly pingMs?: number
  /** The last window of the till has gone. */
  readonly onEmpty?: () => void
}

const host = '127.0.0.1'
const largestMessageBytes = 256 * 1024

/** Serves the screens and their wire to this machine alone. Rejects when the port cannot be had. */
export async function startKioskServer(options: KioskServerOptions): Promise<KioskServer> {
  const server = http.createServer({ requestTimeout: 30_000, headersTimeout: 10_000 })
  server.on('clientError', (_error, socket) => socket.destroy())
  await listening(server, options.port)
  const { port } = server.address() as AddressInfo
  const origin = `http://${host}:${port}`
  const place: Place = {
    origin,
    cookieName: `kassa-${port}`,
    gate: openGate(`kassa-${port}`),
    file: pageFilesIn(options.pageDir, `'self' ws://${host}:${port}`),
  }
  const sockets = acceptSockets(options)
  server.on('request', (request, response) => void respond(place, request, response))
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const screen = screenAllowed(place, request)
    if (screen === null) return refuseUpgrade(socket, options.log, request)
    sockets.accept(request, socket, head, screen)
  })
  return {
    port,
    address: () => `${origin}/open?k=${place.gate.ticket()}`,
    announce: sockets.announce,
    windows: sockets.count,
    async close() {
      sockets.close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

interface Place {
  readonly origin: string
  readonly cookieName: string
  readonly gate: Gate
  readonly file: (pathname: string) => Promise<PageFile>
}

async function respond(place: Place, request: http.IncomingMessage, response: http.ServerResponse) {
  const isHead = request.method === 'HEAD'
  if (request.method !== 'GET' && !isHead) return plain(response, 405, 'Only GET is answered here.')
  if (!isOurHost(place, request)) return plain(response, 421, 'This server answers for another name.')
  const url = new URL(request.url ?? '/', place.origin)
  if (url.pathname === '/open') return open(place, request, response, url.searchParams.get('k') ?? '')
  if (!place.gate.knows(request.headers.cookie)) return plain(response, 403, notAdmitted)
  const { status, headers, body } = await place.file(rawPath(request.url))
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.end(isHead ? undefined : body)
}

const notAdmitted =
  'This address has been used, or the register was started anew. Run "npm start" again: it prints a fresh address.'

/** The cookie takes the ticket's place, and the ticket leaves the address bar. */
function open(place: Place, request: http.IncomingMessage, response: http.ServerResponse, ticket: string) {
  if (place.gate.knows(request.headers.cookie)) return redirect(response, {})
  const pass = request.method === 'GET' ? place.gate.admit(ticket) : null
  if (pass === null) return plain(response, 403, notAdmitted)
  redirect(response, { 'set-cookie': `${place.cookieName}=${pass}; HttpOnly; SameSite=Strict; Path=/` })
}

function redirect(response: http.ServerResponse, headers: Readonly<Record<string, string>>) {
  response.writeHead(303, { location: '/', 'cache-control': 'no-store', ...headers })
  response.end()
}

function plain(response: http.ServerResponse, status: number, text: string) {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
  })
  response.end(`${text}\n`)
}

/** A page of another site whose name was pointed at this machine comes with its own name in Host. */
function isOurHost(place: Place, request: http.IncomingMessage): boolean {
  return `http://${request.headers.host}` === place.origin
}

/** As it was sent: the parsed address has already climbed its `..`, and such a path is to be refused. */
function rawPath(url = '/'): string {
  return url.split(/[?#]/, 1)[0] ?? '/'
}

function screenAllowed(place: Place, request: http.IncomingMessage): Caller['screen'] | null {
  if (!isOurHost(place, request) || request.headers.origin !== place.origin) return null
  if (!place.gate.knows(request.headers.cookie)) return null
  if (request.url === '/wire/till') return 'till'
  return request.url === '/wire/display' ? 'display' : null
}

function refuseUpgrade(socket: Duplex, log: Log, request: http.IncomingMessage) {
  log.warn({ origin: request.headers.origin, path: rawPath(request.url) }, 'A strange window was refused')
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

function acceptSockets(options: KioskServerOptions) {
  const { answer, displayMay, log, pingMs = 5_000 } = options
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessageBytes,
    perMessageDeflate: false,
  })
  const windows = new Map<WebSocket, Caller['screen']>()
  const count = (screen: Caller['screen']) => [...windows.values()].filter((each) => each === screen).length
  const mayHear = { till: () => true, display: (channel: string) => displayMay.includes(channel) }
  return {
    accept(request: http.IncomingMessage, raw: Duplex, head: Buffer, screen: Caller['screen']) {
      webSockets.handleUpgrade(request, raw, head, (socket) => {
        windows.set(socket, screen)
        socket.on('error', (error) => log.warn({ err: error, screen }, 'A window broke the form'))
        socket.on('close', () => {
          windows.delete(socket)
          if (screen === 'till' && count('till') === 0) options.onEmpty?.()
        })
        keepAlive(socket, pingMs)
        serveSocket(socket, answer, { screen })
      })
    },
    announce(channel: string, payload: unknown) {
      const text = noticeText(channel, payload)
      for (const [socket, screen] of windows)
        if (mayHear[screen](channel) && socket.readyState === socket.OPEN) socket.send(text)
    },
    count,
    close() {
      for (const socket of windows.keys()) socket.terminate()
      webSockets.close()
    },
  }
}

/** A window that answers no ping until the next one is due is gone: its socket is cut, and it will connect anew. */
function keepAlive(socket: WebSocket, pingMs: number) {
  const line = { isHeard: true }
  const timer = setInterval(() => {
    if (!line.isHeard) return socket.terminate()
    line.isHeard = false
    socket.ping()
  }, pingMs)
  socket.on('pong', () => {
    line.isHeard = true
  })
  socket.on('close', () => clearInterval(timer))
}

function listening(server: http.Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
