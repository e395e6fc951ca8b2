import type { SerialPort } from 'serialport'
import { byteInbox } from './byte-inbox.ts'
import { withDeadline } from './printer-conversation.ts'
import type { PrinterLine, PrinterTiming } from './printer-conversation.ts'
import type { PrinterDevice } from './printer-device.ts'
import { twoWayPrinter } from './two-way-printer.ts'

export interface SerialPrinterAddress {
  /** `COM3`, `/dev/ttyUSB0`. */
  readonly path: string
  readonly baudRate: number
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  /** How the printer holds the till back when its buffer is full. */
  readonly flow: 'none' | 'rtscts' | 'xonxoff'
}

type OpenPort = (address: SerialPrinterAddress) => Promise<SerialPort>

/** A printer on a serial port. The port is held only while a job or a question is on its way. */
export function serialPrinter(
  address: SerialPrinterAddress,
  timing?: PrinterTiming,
  portFor: OpenPort = systemPort,
): PrinterDevice {
  return twoWayPrinter(async (_, { connectMs }) => {
    try {
      const port = await portFor(address)
      const line = lineOver(port)
      await withDeadline(openPort(port), connectMs)
      return line
    } catch {
      return null
    }
  }, timing)
}

// Loaded at the first use: a till without serial devices runs without the native module.
async function systemPort(address: SerialPrinterAddress): Promise<SerialPort> {
  const { SerialPort } = await import('serialport')
  const { path, baudRate, dataBits, parity, flow } = address
  return new SerialPort({
    path,
    baudRate,
    dataBits,
    parity,
    stopBits: 1,
    rtscts: flow === 'rtscts',
    xon: flow === 'xonxoff',
    xoff: flow === 'xonxoff',
    autoOpen: false,
  })
}

async function openPort(port: SerialPort): Promise<void> {
  await called((done) => port.open(done))
}

function lineOver(port: SerialPort): PrinterLine {
  const inbox = byteInbox()
  let breakLine: (error: Error) => void = () => undefined
  const broken = new Promise<never>((_, reject) => {
    breakLine = reject
  })
  // Looked at in each write; here only so that an unplugged printer without a job is no unhandled rejection.
  broken.catch(() => undefined)
  port.on('data', (bytes: Uint8Array) => inbox.push(bytes))
  port.on('error', (error: Error) => breakLine(error))
  port.on('close', () => {
    inbox.shut()
    breakLine(new Error('the serial port has closed'))
  })
  const drain = async () => await Promise.race([called((done) => port.drain(done)), broken])
  return {
    inbox,
    get isClosed() {
      return !port.isOpen
    },
    // An unplugged port never calls back, so every wait is also a wait for the port to break.
    write: async (bytes) => {
      if (!port.isOpen) throw new Error('the serial port has closed')
      await Promise.race([called((done) => port.write(Buffer.from(bytes), done)), broken])
      await drain()
    },
    finish: async (waitMs) =>
      port.isOpen &&
      (await withDeadline(drain(), waitMs).then(
        () => true,
        () => false,
      )),
    drop: () => {
      if (port.isOpen) port.close(() => undefined)
    },
  }
}

async function called(start: (done: (error?: Error | null) => void) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    start((error) => (error === undefined || error === null ? resolve() : reject(error)))
  })
}
