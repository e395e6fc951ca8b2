/** How the window finds the main process: through Electron's preload when it is there, else the kiosk's WebSocket. */
import type { Reply, Wire } from './define.ts'

/** A wire that says when it is cut and when it is whole again. */
export interface ConnectedWire extends Wire {
  /** Tells at once how it is, then at every change. On `true` ask anew for whatever is shown. */
  onConnection(listener: (connected: boolean) => void): () => void
}

/** What the preload hands to the window under the name `kassa`. */
export interface PreloadWire {
  ask(channel: string, input: unknown): Promise<unknown>
  listen(listener: (channel: string, payload: unknown) => void): void
}

/** The parts of the window that decide which wire there is. */
export interface WindowWithWire {
  readonly kassa?: PreloadWire
  readonly location: { readonly host: string; readonly pathname: string }
}

const lost: Reply = { ok: false, fault: 'disconnected' }
const reconnectMs = 500

/** Which screen this window is: the cashier's, or the customer's display under `/display`. */
export function screenOf(window: WindowWithWire): 'till' | 'display' {
  return window.location.pathname.startsWith('/display') ? 'display' : 'till'
}

/** The wire of this window. It connects by itself and never gives up. */
export function wireOf(window: WindowWithWire): ConnectedWire {
  if (window.kassa !== undefined) return preloadWire(window.kassa)
  return webSocketWire(`ws://${window.location.host}/wire/${screenOf(window)}`)
}

export function preloadWire(preload: PreloadWire): ConnectedWire {
  const notices = noticeBoard()
  preload.listen(notices.tell)
  return {
    ask: (channel, input) => preload.ask(channel, input).catch(() => lost),
    on: notices.on,
    onConnection(listener) {
      listener(true)
      return () => {}
    },
  }
}

export interface SocketOptions {
  /** How a socket is made; tests add headers that a browser adds by itself. */
  readonly open?: (address: string) => WebSocket
}

/** Asks over one WebSocket; an answer that is lost with it is `disconnected`, and whoever asked looks again. */
export function webSocketWire(
  address: string,
  { open = (to) => new WebSocket(to) }: SocketOptions = {},
): ConnectedWire {
  const notices = noticeBoard()
  const waiting = new Map<number, (reply: unknown) => void>()
  const watchers = new Set<(connected: boolean) => void>()
  const line: { socket: WebSocket | undefined; lastId: number } = { socket: undefined, lastId: 0 }

  const connect = () => {
    const socket = open(address)
    socket.addEventListener('open', () => {
      line.socket = socket
      for (const watcher of watchers) watcher(true)
    })
    socket.addEventListener('message', ({ data }) => receive(String(data)))
    socket.addEventListener('close', () => cut(socket))
  }
  const cut = (socket: WebSocket) => {
    if (line.socket === socket) {
      line.socket = undefined
      for (const watcher of watchers) watcher(false)
    }
    for (const answer of waiting.values()) answer(lost)
    waiting.clear()
    setTimeout(connect, reconnectMs)
  }
  const receive = (text: string) => {
    const message = JSON.parse(text) as { id?: number; reply?: unknown; channel?: string; payload?: unknown }
    if (message.channel !== undefined) notices.tell(message.channel, message.payload)
    if (message.id === undefined) return
    waiting.get(message.id)?.(message.reply)
    waiting.delete(message.id)
  }

  connect()
  return {
    ask(channel, input) {
      const { socket } = line
      if (socket === undefined) return Promise.resolve(lost)
      line.lastId += 1
      const id = line.lastId
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        socket.send(JSON.stringify({ id, channel, input }))
      })
    },
    on: notices.on,
    onConnection(listener) {
      watchers.add(listener)
      listener(line.socket !== undefined)
      return () => watchers.delete(listener)
    },
  }
}

function noticeBoard() {
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  return {
    tell(channel: string, payload: unknown) {
      for (const listener of listeners.get(channel) ?? []) listener(payload)
    },
    on(channel: string, listener: (payload: unknown) => void) {
      const heard = listeners.get(channel) ?? new Set()
      listeners.set(channel, heard.add(listener))
      return () => void heard.delete(listener)
    },
  }
}
