import type { Block, Paper } from '../../app/domain/paper.ts'
import type { CodePage, PrinterProfile, TestPaperWords } from '../../app/domain/printer-profile.ts'
import { charOn } from './code-pages.ts'

/** A print that shows whether the profile is right: width, alignment, every code page, bar code, QR code and cut. */
export function testPaper(profile: PrinterProfile, words: TestPaperWords): Paper {
  return {
    blocks: [
      { kind: 'text', text: words.title, align: 'center', bold: true, size: 2 },
      { kind: 'text', text: profile.model, align: 'center' },
      { kind: 'text', text: ruler(profile.columns) },
      { kind: 'text', text: words.left },
      { kind: 'text', text: words.center, align: 'center' },
      { kind: 'text', text: words.right, align: 'right' },
      { kind: 'text', text: words.bold, bold: true },
      { kind: 'text', text: words.double, size: 2 },
      { kind: 'columns', left: 'åäö ÅÄÖ é ñ € ₱', right: '1\u00A0234\u00A0567.89' },
      ...profile.codePages.flatMap((page) => pageTable(page, words)),
      { kind: 'feed', lines: 1 },
      { kind: 'barcode', symbology: 'code128', data: '991308500305', humanReadable: '9913-0850-0305' },
      { kind: 'feed', lines: 1 },
      { kind: 'qr', data: 'HTTP://SEQR.SE/R12345' },
      { kind: 'feed', lines: 1 },
      { kind: 'cut' },
    ],
  }
}

// 1234567890 over and over: its last digit stands at the right edge when the number of columns is right.
function ruler(columns: number): string {
  return Array.from({ length: columns }, (_, index) => (index + 1) % 10).join('')
}

function pageTable(page: CodePage, words: TestPaperWords): Block[] {
  const rows = Array.from({ length: 8 }, (_, row) => {
    const first = 0x80 + row * 16
    const chars = Array.from({ length: 16 }, (_, column) => visibleChar(page, first + column))
    return `${first.toString(16).toUpperCase()} ${chars.join('')}`
  })
  return [
    { kind: 'text', text: `${words.codePage} ${page}`, bold: true },
    { kind: 'text', text: rows.join('\n'), codePage: page },
  ]
}

// A full stop for what has no shape or no place.
function visibleChar(page: CodePage, byte: number): string {
  const char = charOn(page, byte)
  return char === null || /[\u00A0\u00AD]/.test(char) ? '.' : char
}
