import net from 'node:net'
import { byteInbox } from './byte-inbox.ts'
import { withDeadline } from './printer-conversation.ts'
import type { PrinterLine, PrinterTiming } from './printer-conversation.ts'
import type { PrinterDevice } from './printer-device.ts'
import { twoWayPrinter } from './two-way-printer.ts'

export interface TcpPrinterAddress {
  readonly host: string
  /** 9100 on nearly every printer. */
  readonly port: number
}

/** A printer on the network that takes raw bytes. */
export function tcpPrinter(address: TcpPrinterAddress, timing?: PrinterTiming): PrinterDevice {
  return twoWayPrinter(async (signal, { connectMs }) => await openTcp(address, connectMs, signal), timing)
}

async function openTcp(
  { host, port }: TcpPrinterAddress,
  connectMs: number,
  signal: AbortSignal,
): Promise<PrinterLine | null> {
  const socket = net.createConnection({ host, port, noDelay: true })
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    // Stays on: a socket without a listener for errors would end the till.
    socket.on('error', reject)
  })
  try {
    await withDeadline(connected, connectMs, signal)
    return lineOver(socket)
  } catch {
    socket.destroy()
    return null
  }
}

function lineOver(socket: net.Socket): PrinterLine {
  const inbox = byteInbox()
  let isBroken = false
  let isClosed = false
  const close = () => {
    isClosed = true
    inbox.shut()
  }
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      close()
      resolve()
    })
  })
  socket.on('data', (bytes) => inbox.push(bytes))
  socket.on('end', close)
  socket.on('error', () => {
    isBroken = true
  })
  return {
    inbox,
    get isClosed() {
      return isClosed
    },
    write: async (bytes) => {
      if (isClosed) throw new Error('the printer has closed the line')
      await Promise.race([writeTo(socket, bytes), closed.then(throwClosed)])
    },
    finish: async (waitMs) => {
      if (isBroken || socket.destroyed) return false
      const handedOver = new Promise<void>((resolve) => {
        socket.end(resolve)
      })
      // Some printers keep their side open for good: then what the network has taken is all there is to know.
      const isHandedOver = await doneIn(Promise.race([handedOver, closed]), waitMs)
      await doneIn(closed, waitMs)
      return isHandedOver && !isBroken
    },
    drop: () => socket.destroy(),
  }
}

async function doneIn(work: Promise<void>, waitMs: number): Promise<boolean> {
  return await withDeadline(work, waitMs).then(
    () => true,
    () => false,
  )
}

function throwClosed(): never {
  throw new Error('the printer has closed the line')
}

async function writeTo(socket: net.Socket, bytes: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    socket.write(bytes, (error) => (error === undefined || error === null ? resolve() : reject(error)))
  })
}
