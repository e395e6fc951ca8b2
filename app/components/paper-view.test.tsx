import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { code128Of } from '../domain/code128.ts'
import type { PrintedItem, PrintedPaper } from '../domain/printed-paper.ts'
import { PaperView } from './paper-view.tsx'

const plain = { bold: false, underlined: false, inverted: false, width: 1, height: 1 }

function drawn(items: readonly PrintedItem[], change: Partial<PrintedPaper> = {}): string {
  return renderToStaticMarkup(<PaperView paper={{ columns: 32, items, faults: [], ...change }} mark="COPY" />)
}

test('lines keep their spaces and their looks', () => {
  const markup = drawn([
    { kind: 'line', align: 'left', runs: [{ ...plain, text: 'Total      12.00' }] },
    { kind: 'line', align: 'center', runs: [{ ...plain, text: 'Paid', bold: true, width: 2, height: 2 }] },
  ])
  expect(markup).toContain('<span>Total      12.00</span>')
  expect(markup).toContain('<span class="is-bold" style="font-size:2em">Paid</span>')
})

test('a cut begins a new sheet, a drawer pulse draws nothing, and only the first sheet is stamped', () => {
  const line: PrintedItem = { kind: 'line', align: 'left', runs: [{ ...plain, text: 'x' }] }
  const pulse: PrintedItem = { kind: 'drawerPulse', pin: 2, onMs: 50, offMs: 500 }
  const markup = drawn([pulse, line, { kind: 'cut', partial: true }, line, { kind: 'cut', partial: true }])
  expect(markup.match(/paper-sheet/g)).toHaveLength(2)
  expect(markup.match(/COPY/g)).toHaveLength(1)
})

test('codes are drawn from what was sent, and say what they hold', () => {
  const markup = drawn([
    {
      kind: 'barcode',
      align: 'center',
      symbology: 'code128',
      data: '991308500305',
      symbols: code128Of('991308500305')?.symbols ?? [],
      moduleDots: 3,
      heightDots: 80,
      readable: 'below',
    },
    { kind: 'qr', align: 'center', data: 'HTTP://SEQR.SE/R1', moduleDots: 6, level: 'M' },
  ])
  expect(markup).toContain('aria-label="Code 128 991308500305"')
  expect(markup).toContain('viewBox="0 0 101 1"')
  expect(markup).toContain('aria-label="QR HTTP://SEQR.SE/R1"')
})

test('faults in the bytes are shown under the paper', () => {
  expect(drawn([], { faults: [{ offset: 7, kind: 'badBarcode', detail: '' }] })).toContain('badBarcode @ 7')
  expect(drawn([])).not.toContain('alert')
})
