import type { PrintedItem } from '../../app/domain/printed-paper.ts'

/** Reads bar code payloads and QR calls as a printer would, strictly; each answer is the symbol or what is wrong. */

export type ReadBarcode =
  | { readonly ok: true; readonly data: string; readonly symbols: readonly number[] }
  | { readonly ok: false; readonly detail: string }

const code128System = 73
const starts: Readonly<Record<string, number>> = { A: 103, B: 104, C: 105 }
const switches: Readonly<Record<string, number>> = { A: 101, B: 100, C: 99 }

/** The payload of `GS k 73 n`: begins with a set, `{` escapes, and every byte must exist in the set it stands in. */
export function readCode128(system: number, payload: Uint8Array): ReadBarcode {
  if (system !== code128System) return { ok: false, detail: `bar code system ${system} is not read` }
  const bytes = [...payload]
  let set = ''
  let data = ''
  const symbols: number[] = []
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    const escape = byte === 0x7b ? String.fromCharCode(bytes[at + 1] ?? 0) : ''
    if (escape in starts) {
      symbols.push((symbols.length === 0 ? starts[escape] : switches[escape]) ?? 0)
      set = escape
      at += 1
      continue
    }
    if (set === '') return { ok: false, detail: 'the data does not begin with {A, {B or {C' }
    if (escape !== '' && escape !== '{') return { ok: false, detail: `{${escape} is no set or brace` }
    if (escape === '{') at += 1
    const value = valueIn(set, byte)
    if (value === null) return { ok: false, detail: `byte ${byte} does not exist in set ${set}` }
    symbols.push(value)
    data += set === 'C' ? String(byte).padStart(2, '0') : String.fromCharCode(byte)
  }
  return data === '' ? { ok: false, detail: 'no data' } : { ok: true, data, symbols }
}

function valueIn(set: string, byte: number): number | null {
  if (set === 'C') return byte <= 99 ? byte : null
  if (set === 'A') return byte < 32 ? byte + 64 : byte < 96 ? byte - 32 : null
  return byte >= 32 && byte < 128 ? byte - 32 : null
}

type QrLevel = Extract<PrintedItem, { kind: 'qr' }>['level']

/** What the calls of `GS ( k` have set so far. */
export interface QrSettings {
  readonly moduleDots: number
  readonly level: QrLevel
  readonly stored: string | null
}

export const freshQr: QrSettings = { moduleDots: 3, level: 'L', stored: null }

export type QrStep =
  | { readonly kind: 'settings'; readonly settings: QrSettings }
  | { readonly kind: 'print'; readonly data: string }
  | { readonly kind: 'fault'; readonly detail: string }

const levels: readonly QrLevel[] = ['L', 'M', 'Q', 'H']

/** What one call `GS ( k pL pH cn fn ...` does; `call` begins at cn. */
export function qrStep(settings: QrSettings, call: Uint8Array): QrStep {
  const [cn, fn, first, second] = call
  const fault = (detail: string): QrStep => ({ kind: 'fault', detail })
  if (cn !== 49) return fault(`symbol kind ${cn ?? 'none'} is not read`)
  if (fn === 65) {
    const isModel2 = first === 50 && second === 0 && call.length === 4
    return isModel2 ? { kind: 'settings', settings } : fault('not model 2')
  }
  if (fn === 67) {
    if (first === undefined || first < 1 || first > 16 || call.length !== 3) return fault('module size')
    return { kind: 'settings', settings: { ...settings, moduleDots: first } }
  }
  if (fn === 69) {
    const level = levels[(first ?? 0) - 48]
    if (level === undefined || call.length !== 3) return fault('error correction level')
    return { kind: 'settings', settings: { ...settings, level } }
  }
  if (fn === 80) return storeStep(settings, call)
  if (fn !== 81 || first !== 48 || call.length !== 3) return fault(`function ${fn ?? 'none'}`)
  return settings.stored === null
    ? fault('nothing is stored to print')
    : { kind: 'print', data: settings.stored }
}

function storeStep(settings: QrSettings, call: Uint8Array): QrStep {
  if (call[2] !== 48 || call.length < 4) return { kind: 'fault', detail: 'nothing to store' }
  const bytes = call.subarray(3)
  try {
    const stored = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { kind: 'settings', settings: { ...settings, stored } }
  } catch {
    return { kind: 'fault', detail: 'the stored text is not UTF-8' }
  }
}
