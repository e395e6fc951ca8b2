/** Splits a stream of ESC/POS bytes into commands, by the command reference and not by what our encoder writes. */

export type CommandName =
  | 'text'
  | 'lineFeed'
  | 'carriageReturn'
  | 'initialize'
  | 'codePage'
  | 'characterSet'
  | 'align'
  | 'bold'
  | 'doubleStrike'
  | 'underline'
  | 'printMode'
  | 'font'
  | 'size'
  | 'invert'
  | 'feedLines'
  | 'feedDots'
  | 'defaultLineSpacing'
  | 'lineSpacing'
  | 'cut'
  | 'barcode'
  | 'barcodeHeight'
  | 'barcodeModule'
  | 'barcodeText'
  | 'barcodeTextFont'
  | 'symbol'
  | 'pulse'
  | 'cancelKanji'
  | 'askStatus'
  | 'askInOrder'
  | 'recover'
  | 'pulseNow'
  | 'unknown'

export interface Command {
  readonly name: CommandName
  readonly offset: number
  readonly length: number
  /** The parameter bytes after the command's own. */
  readonly params: readonly number[]
  /** The text, or the data of a bar code or symbol. */
  readonly data: Uint8Array
}

interface Shape {
  readonly name: CommandName
  readonly params: number
  readonly allowed?: (first: number) => boolean
}

const between = (from: number, to: number) => (value: number) => value >= from && value <= to
const oneOf =
  (...values: number[]) =>
  (value: number) =>
    values.includes(value)

// By the command's bytes in hexadecimal; Epson's command reference names the ranges.
const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['1b40', { name: 'initialize', params: 0 }],
  ['1b74', { name: 'codePage', params: 1 }],
  ['1b52', { name: 'characterSet', params: 1, allowed: between(0, 17) }],
  ['1b61', { name: 'align', params: 1, allowed: oneOf(0, 1, 2, 48, 49, 50) }],
  ['1b45', { name: 'bold', params: 1 }],
  ['1b47', { name: 'doubleStrike', params: 1 }],
  ['1b2d', { name: 'underline', params: 1, allowed: oneOf(0, 1, 2, 48, 49, 50) }],
  ['1b21', { name: 'printMode', params: 1 }],
  ['1b4d', { name: 'font', params: 1, allowed: oneOf(0, 48) }],
  ['1b64', { name: 'feedLines', params: 1 }],
  ['1b4a', { name: 'feedDots', params: 1 }],
  ['1b32', { name: 'defaultLineSpacing', params: 0 }],
  ['1b33', { name: 'lineSpacing', params: 1 }],
  ['1b70', { name: 'pulse', params: 3, allowed: oneOf(0, 1, 48, 49) }],
  ['1d21', { name: 'size', params: 1, allowed: (value) => (value & 0x88) === 0 }],
  ['1d42', { name: 'invert', params: 1 }],
  ['1d68', { name: 'barcodeHeight', params: 1, allowed: between(1, 255) }],
  ['1d77', { name: 'barcodeModule', params: 1, allowed: between(2, 6) }],
  ['1d48', { name: 'barcodeText', params: 1, allowed: oneOf(0, 1, 2, 3, 48, 49, 50, 51) }],
  ['1d66', { name: 'barcodeTextFont', params: 1, allowed: oneOf(0, 1, 48, 49) }],
  ['1d72', { name: 'askInOrder', params: 1, allowed: oneOf(1, 2, 4, 49, 50, 52) }],
  ['1c2e', { name: 'cancelKanji', params: 0 }],
  ['1004', { name: 'askStatus', params: 1, allowed: between(1, 4) }],
  ['1005', { name: 'recover', params: 1, allowed: between(0, 2) }],
  ['1014', { name: 'pulseNow', params: 3, allowed: oneOf(1) }],
])

const allowedByName = new Map(Array.from(shapes.values(), ({ name, allowed }) => [name, allowed]))

const none = new Uint8Array()

/** The command at `at`, or null when the bytes end before it does. A command not in the reference is `unknown`. */
export function commandAt(bytes: Uint8Array, at: number): Command | null {
  const first = bytes[at]
  if (first === undefined) return null
  if (first === 0x0a) return command('lineFeed', at, 1)
  if (first === 0x0d) return command('carriageReturn', at, 1)
  if (isText(first)) return textAt(bytes, at)
  if (![0x1b, 0x1d, 0x1c, 0x10].includes(first)) return command('unknown', at, 1)
  const second = bytes[at + 1]
  if (second === undefined) return null
  if (first === 0x1d && second === 0x56) return cutAt(bytes, at)
  if (first === 0x1d && second === 0x6b) return barcodeAt(bytes, at)
  if (first === 0x1d && second === 0x28) return symbolAt(bytes, at)
  return fixedAt(bytes, at, first * 256 + second)
}

/** Whether the command's first parameter is one that the reference allows. */
export function isAllowed({ name, params }: Command): boolean {
  const allowed = allowedByName.get(name)
  return allowed === undefined || allowed(params[0] ?? -1)
}

function command(
  name: CommandName,
  offset: number,
  length: number,
  params: readonly number[] = [],
  data: Uint8Array = none,
): Command {
  return { name, offset, length, params, data }
}

function isText(byte: number): boolean {
  return byte >= 0x20 && byte !== 0x7f
}

function textAt(bytes: Uint8Array, at: number): Command {
  const end = bytes.subarray(at).findIndex((byte) => !isText(byte))
  const data = end < 0 ? bytes.subarray(at) : bytes.subarray(at, at + end)
  return command('text', at, data.length, [], data)
}

function fixedAt(bytes: Uint8Array, at: number, opcode: number): Command | null {
  const shape = shapes.get(opcode.toString(16).padStart(4, '0'))
  if (shape === undefined) return command('unknown', at, 2)
  const params = [...bytes.subarray(at + 2, at + 2 + shape.params)]
  return params.length < shape.params ? null : command(shape.name, at, 2 + shape.params, params)
}

function cutAt(bytes: Uint8Array, at: number): Command | null {
  const mode = bytes[at + 2]
  if (mode === undefined) return null
  if ([0, 1, 48, 49].includes(mode)) return command('cut', at, 3, [mode])
  if (mode !== 65 && mode !== 66) return command('unknown', at, 3)
  const feed = bytes[at + 3]
  return feed === undefined ? null : command('cut', at, 4, [mode, feed])
}

// Function A ends its data with NUL, function B says the length first.
function barcodeAt(bytes: Uint8Array, at: number): Command | null {
  const system = bytes[at + 2]
  if (system === undefined) return null
  if (system <= 6) {
    const end = bytes.indexOf(0, at + 3)
    return end < 0 ? null : command('barcode', at, end + 1 - at, [system], bytes.subarray(at + 3, end))
  }
  if (system < 65 || system > 79) return command('unknown', at, 3)
  const length = bytes[at + 3]
  if (length === undefined || bytes.length < at + 4 + length) return null
  return command('barcode', at, 4 + length, [system], bytes.subarray(at + 4, at + 4 + length))
}

function symbolAt(bytes: Uint8Array, at: number): Command | null {
  const [kind, low, high] = [bytes[at + 2], bytes[at + 3], bytes[at + 4]]
  if (kind === undefined || low === undefined || high === undefined) return null
  const length = low + high * 256
  if (bytes.length < at + 5 + length) return null
  if (kind !== 0x6b) return command('unknown', at, 5 + length)
  return command('symbol', at, 5 + length, [], bytes.subarray(at + 5, at + 5 + length))
}
