/** The text of a bar code: UTF-8, as QR codes hold it, or Latin-1 where the bytes are not that. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return Array.from(bytes, (byte) => String.fromCodePoint(byte)).join('')
  }
}
