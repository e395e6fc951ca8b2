import type { SerialPrinterAddress } from './printer-serial.ts'
import type { TcpPrinterAddress } from './printer-tcp.ts'

export type PrinterAddress =
  | ({ readonly kind: 'tcp' } & TcpPrinterAddress)
  | ({ readonly kind: 'serial' } & SerialPrinterAddress)
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'virtual' }

export type ParsedPrinterAddress =
  { readonly ok: true; readonly address: PrinterAddress } | { readonly ok: false; readonly message: string }

const forms = 'tcp://HOST:PORT, serial:PORT?baud=9600, file:PATH or virtual:'

const usbInstead =
  'A USB printer is file:/dev/usb/lp0 on Linux, and on Windows the name it is shared under: file:\\\\localhost\\RECEIPTS.'

/** Reads a printer's address from the settings. The message names what is wrong and what would be right. */
export function parsePrinterAddress(text: string): ParsedPrinterAddress {
  const trimmed = text.trim()
  if (trimmed === 'virtual:') return { ok: true, address: { kind: 'virtual' } }
  if (/^tcp:/i.test(trimmed)) return parseTcp(trimmed)
  if (/^serial:/i.test(trimmed)) return parseSerial(trimmed.slice('serial:'.length))
  if (/^file:/i.test(trimmed)) return parseFile(trimmed.slice('file:'.length))
  if (/^usb:/i.test(trimmed)) return refused(usbInstead)
  return refused(`A printer is ${forms}; "${trimmed}" is none of these.`)
}

function refused(message: string): ParsedPrinterAddress {
  return { ok: false, message }
}

function parseTcp(text: string): ParsedPrinterAddress {
  const match = /^tcp:\/\/(\[[0-9a-f:.%]+\]|[^\s/:@?#[\]]+)(?::([^/]*))?\/?$/i.exec(text)
  const [, host, port = '9100'] = match ?? []
  if (host === undefined) return refused(`"${text}" is not tcp://HOST:PORT, such as tcp://192.168.1.50:9100.`)
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0
  if (number < 1 || number > 65_535) return refused(`"${port}" is not a port from 1 to 65535.`)
  return { ok: true, address: { kind: 'tcp', host: host.replaceAll(/[[\]]/g, ''), port: number } }
}

const parities = ['none', 'even', 'odd'] as const
const flows = ['none', 'rtscts', 'xonxoff'] as const

function parseSerial(rest: string): ParsedPrinterAddress {
  const [named = '', query = ''] = rest.split('?', 2)
  // `serial://COM3` and `serial:///dev/ttyUSB0` are how others write it.
  const path = named.replace(/^\/\/(?![.?])/, '').trim()
  if (path === '')
    return refused('A serial printer needs its port, such as serial:COM3 or serial:/dev/ttyUSB0.')
  const settings = new URLSearchParams(query)
  for (const name of settings.keys()) {
    if (!['baud', 'bits', 'parity', 'flow'].includes(name)) {
      return refused(`"${name}" is no setting of a serial printer: use baud, bits, parity and flow.`)
    }
  }
  const baud = settings.get('baud') ?? '9600'
  const bits = settings.get('bits') ?? '8'
  const parity = parities.find((each) => each === (settings.get('parity') ?? 'none'))
  const flow = flows.find((each) => each === (settings.get('flow') ?? 'none'))
  if (!/^\d{3,7}$/.test(baud) || Number(baud) < 300)
    return refused(`"${baud}" is not a speed such as 9600 or 115200.`)
  if (bits !== '7' && bits !== '8') return refused(`"${bits}" is not a number of data bits: use 7 or 8.`)
  if (parity === undefined) return refused(`The parity of a serial printer is ${parities.join(', ')}.`)
  if (flow === undefined) return refused(`The flow control of a serial printer is ${flows.join(', ')}.`)
  const address = {
    kind: 'serial',
    path,
    baudRate: Number(baud),
    dataBits: bits === '7' ? 7 : 8,
    parity,
    flow,
  } as const
  return { ok: true, address }
}

function parseFile(path: string): ParsedPrinterAddress {
  const local = path.startsWith('///') ? path.slice(2) : path
  const isAbsolute = local.startsWith('/') || local.startsWith('\\\\') || /^[A-Za-z]:[\\/]/.test(local)
  if (isAbsolute) return { ok: true, address: { kind: 'file', path: local } }
  return refused(`"${path}" is not a whole path, such as file:/dev/usb/lp0 or file:\\\\localhost\\RECEIPTS.`)
}
