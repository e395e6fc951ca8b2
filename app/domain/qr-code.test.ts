import { encodeQR } from 'qr'
import { expect, test } from 'vitest'
import { qrModulesAcross } from './qr-code.ts'

test('the modules across are those of an independent encoder, on both sides of every version', () => {
  for (let version = 1; version <= 40; version += 1) {
    const across = 17 + 4 * version
    const most = largestFor(across)
    const drawn = encodeQR('a'.repeat(most), 'raw', { ecc: 'medium', encoding: 'byte', border: 1 })
    expect(drawn.length).toBe(across + 2)
  }
})

test('a text that no QR code holds is told', () => {
  expect(qrModulesAcross(2331)).toBe(177)
  expect(qrModulesAcross(2332)).toBeNull()
})

function largestFor(across: number): number {
  for (let bytes = 2331; bytes > 0; bytes -= 1) if (qrModulesAcross(bytes) === across) return bytes
  return 0
}
