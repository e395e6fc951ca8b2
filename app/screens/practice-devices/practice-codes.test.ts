import { expect, test } from 'vitest'
import { splitAim } from '../../domain/barcode.ts'
import { asSent } from './practice-codes.ts'

test.each([
  ['7310865004703', 'ean13'],
  ['004610027501', 'code128'],
  ['HTTP://SEQR.SE/R123', 'qr'],
])('the practice scanner sends %s as %s', (code, symbology) => {
  expect(splitAim(asSent(code, true))).toMatchObject({ data: code, symbology })
})

test('a scanner that sends no AIM identifier leaves the kind open', () => {
  expect(asSent('004610027501', false)).toBe('004610027501')
})
