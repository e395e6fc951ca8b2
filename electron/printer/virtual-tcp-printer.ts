import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { virtualMechanism } from './virtual-mechanism.ts'
import type { VirtualMechanism } from './virtual-mechanism.ts'

/** Faults of the network rather than of the printer. */
export interface VirtualNetwork {
  /** Nobody listens: a connection is refused. */
  readonly isRefused: boolean
  /** The connection breaks after so many bytes of it; null never. */
  readonly closesAfterBytes: number | null
  /** Waits so long after each piece it reads. */
  readonly delayMs: number
}

export interface VirtualTcpPrinter {
  readonly port: number
  readonly mechanism: VirtualMechanism
  /** Every byte that has come in, in the order of the connections. */
  readonly received: readonly Uint8Array[]
  changeNetwork(change: Partial<VirtualNetwork>): Promise<void>
  stop(): Promise<void>
}

export interface VirtualTcpPrinterOptions {
  readonly columns: number
  /** 0 picks a free one. */
  readonly port?: number
  readonly changed?: () => void
}

/** A virtual printer on a port of this computer that speaks as a printer on the network does on port 9100. */
export async function startVirtualTcpPrinter(options: VirtualTcpPrinterOptions): Promise<VirtualTcpPrinter> {
  const mechanism = virtualMechanism(options.columns, options.changed)
  let network: VirtualNetwork = { isRefused: false, closesAfterBytes: null, delayMs: 0 }
  const received: Uint8Array[] = []
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => {
      sockets.delete(socket)
      mechanism.endJob()
    })
    serve(socket, mechanism, () => network, received)
  })
  const port = await listen(server, options.port ?? 0)
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
    })
  }
  return {
    port,
    mechanism,
    received,
    changeNetwork: async (change) => {
      const wasRefused = network.isRefused
      network = { ...network, ...change }
      if (network.isRefused && !wasRefused) await close()
      if (!network.isRefused && wasRefused) await listen(server, port)
    },
    stop: async () => {
      if (server.listening) await close()
    },
  }
}

async function listen(server: net.Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  return (server.address() as AddressInfo).port
}

function serve(
  socket: net.Socket,
  mechanism: VirtualMechanism,
  networkNow: () => VirtualNetwork,
  received: Uint8Array[],
): void {
  let taken = 0
  socket.on('error', () => socket.destroy())
  socket.on('data', (piece) => {
    const { closesAfterBytes, delayMs } = networkNow()
    const room = closesAfterBytes === null ? piece.length : Math.max(0, closesAfterBytes - taken)
    const bytes = Uint8Array.from(piece.subarray(0, room))
    taken += bytes.length
    received.push(bytes)
    mechanism.receive(bytes, (answer) => {
      if (!socket.destroyed) socket.write(answer)
    })
    if (room < piece.length) socket.resetAndDestroy()
    else if (delayMs > 0) pauseFor(socket, delayMs)
  })
}

function pauseFor(socket: net.Socket, delayMs: number): void {
  socket.pause()
  setTimeout(() => socket.resume(), delayMs)
}
