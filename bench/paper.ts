/** A full receipt as bytes: ours against the escpos package writing the same lines without bar code and QR. */
import type { Paper } from '../app/domain/paper.ts'
import { printerProfiles } from '../app/domain/printer-profile.ts'
import { encodePaper } from '../electron/printer/escpos-bytes.ts'
import { compare, printResults } from './measure.ts'

const rows = Array.from({ length: 30 }, (_, index) => ({
  name: `Artikel ${index} med å, ä och ö`,
  price: `${index}.50`,
}))

/** The parts of the escpos package that this compares with; its own types leave them out. */
interface PeerPrinter {
  align(where: 'ct' | 'lt'): PeerPrinter
  size(width: number, height: number): PeerPrinter
  text(line: string): PeerPrinter
  cut(): PeerPrinter
}

interface Peer {
  readonly Printer: new (device: object, options: object) => PeerPrinter
}

const paper: Paper = {
  blocks: [
    { kind: 'text', text: 'Kiosk Solsidan', align: 'center', size: 2, bold: true },
    ...rows.map(({ name, price }) => ({ kind: 'columns', left: name, right: price }) as const),
    { kind: 'columns', left: 'Total SEK', right: '450.00', size: 2, bold: true },
    { kind: 'barcode', symbology: 'code128', data: 'R-00000001' },
    { kind: 'cut' },
  ],
}

export async function paperBytes(): Promise<void> {
  const { Printer } = (await import('escpos')).default as unknown as Peer
  const profile = printerProfiles.standard80wide
  const byLibrary = () => {
    const printer = new Printer({ write: () => {}, close: () => {} }, { encoding: 'cp858', width: 42 })
    printer.align('ct').size(1, 1).text('Kiosk Solsidan').size(0, 0).align('lt')
    for (const { name, price } of rows) printer.text(name.padEnd(42 - price.length) + price)
    printer.text('Total SEK').cut()
  }
  const results = compare(
    [
      { name: 'peer: escpos 3 alpha, lines padded by hand, no bar code', work: byLibrary },
      { name: 'ours: laid out, code pages chosen, bar code', work: () => encodePaper(paper, profile) },
    ],
    { blocks: 9, units: 40 },
  )
  printResults(
    'Receipt to bytes',
    'right bytes first; at most x30 of the wrong-byte peer (about 1 ms a receipt)',
    results,
  )
}
