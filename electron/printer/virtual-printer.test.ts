import { expect, test } from 'vitest'
import { printedLines } from '../../app/domain/printed-paper.ts'
import { printerProfiles } from '../../app/domain/printer-profile.ts'
import { drawerPulseBytes, encodePaper } from './escpos-bytes.ts'
import { markedCopy, withoutDrawerPulse } from './print-copy.ts'
import { printerFromAddress } from './printer-from-address.ts'
import { briefTiming, until } from './printer-timing.fake.ts'
import { testPaper } from './test-paper.ts'
import { virtualPrinter } from './virtual-printer.ts'

const words = {
  title: 'Test print',
  left: 'left',
  center: 'centered',
  right: 'right',
  bold: 'bold',
  double: 'double',
  codePage: 'Code page',
}
const { standard80, standard58 } = printerProfiles
const never = () => new AbortController().signal
const receipt = encodePaper(
  { blocks: [{ kind: 'drawerPulse' }, { kind: 'text', text: 'Receipt 17' }, { kind: 'cut' }] },
  standard80,
)

test('the virtual printer keeps its paper by job, and counts the drawer', async () => {
  let changes = 0
  const printer = virtualPrinter({ columns: 48, timing: briefTiming, changed: () => (changes += 1) })
  expect(await printer.device.print(receipt, never())).toEqual({ kind: 'printed' })
  expect(printer.papers.map(printedLines)).toEqual([['Receipt 17']])
  expect([printer.drawerOpenings, changes]).toEqual([1, 2])
})

test('a drawer pulse alone leaves no paper', async () => {
  const printer = virtualPrinter({ columns: 48, timing: briefTiming })
  expect(await printer.device.print(drawerPulseBytes(standard80), never())).toEqual({ kind: 'printed' })
  expect([printer.drawerOpenings, printer.papers]).toEqual([1, []])
})

test('paper without a cut is torn off at the end of the job', async () => {
  const printer = virtualPrinter({ columns: 32, timing: briefTiming })
  const bytes = encodePaper({ blocks: [{ kind: 'text', text: 'Slip' }, { kind: 'cut' }] }, standard58)
  await printer.device.print(bytes, never())
  expect(printer.papers.map(printedLines)).toEqual([['Slip', '', '', '', '']])
})

test('it can be switched off, run out of paper and jam, and says so', async () => {
  const printer = virtualPrinter({ columns: 48, timing: briefTiming })
  printer.change({ hasPower: false })
  expect(await printer.device.status()).toEqual({ kind: 'unreachable' })
  printer.change({ hasPower: true, isJammed: true })
  expect(await printer.device.status()).toMatchObject({ error: 'cutter', online: false })
  printer.change({ isJammed: false, paperLines: 3 })
  expect(await printer.device.status()).toMatchObject({ paper: 'low', online: true })
})

test('power lost in the middle leaves half a receipt in the tray and a question', async () => {
  const printer = virtualPrinter({ columns: 48, timing: briefTiming })
  printer.change({ paperLines: 1 })
  const lines = encodePaper({ blocks: [{ kind: 'text', text: 'one\ntwo' }, { kind: 'cut' }] }, standard80)
  const job = printer.device.print(lines, never(), (status) => {
    if (status.kind === 'answered' && status.paper === 'out') printer.change({ hasPower: false })
  })
  expect(await job).toMatchObject({ kind: 'failed', printedMaybe: true })
  expect(printer.papers.map(printedLines)).toEqual([['one']])
})

test('bytes that are wrong show as faults on its paper', async () => {
  const printer = virtualPrinter({ columns: 48, timing: briefTiming })
  await printer.device.print(Buffer.from('1d6b49047b43ff00', 'hex'), never())
  await until(() => printer.papers.length === 1)
  expect(printer.papers[0]?.faults.map((fault) => fault.kind)).toEqual(['badBarcode'])
})

test('a copy is marked above the same receipt and leaves the drawer shut', async () => {
  const printer = virtualPrinter({ columns: 48, timing: briefTiming })
  await printer.device.print(markedCopy(receipt, 'COPY', standard80), never())
  expect(printer.papers.map(printedLines)).toEqual([['      *** COPY ***', 'Receipt 17']])
  expect([printer.papers[0]?.faults, printer.drawerOpenings]).toEqual([[], 0])
})

test('what looks like a pulse inside a bar code is no pulse, and stays', () => {
  // The pairs 27 and 12 are the bytes of ESC and FF; in a bar code they are digits.
  const bytes = encodePaper(
    { blocks: [{ kind: 'barcode', symbology: 'code128', data: '271227122712' }] },
    standard80,
  )
  expect(withoutDrawerPulse(bytes)).toEqual(bytes)
})

test.each(Object.values(printerProfiles))(
  'the test print of $model reads back without a fault',
  async (profile) => {
    const printer = virtualPrinter({ columns: profile.columns, timing: briefTiming })
    await printer.device.print(encodePaper(testPaper(profile, words), profile), never())
    const [paper] = printer.papers
    expect(paper?.faults).toEqual([])
    const lines = paper === undefined ? [] : printedLines(paper)
    expect(lines).toContain('80 ÇüéâäàåçêëèïîìÄÅ')
    expect(lines.find((line) => line.includes('åäö ÅÄÖ é ñ € PHP'))).toHaveLength(profile.columns)
    expect(paper?.items.filter((item) => item.kind === 'barcode' || item.kind === 'qr')).toHaveLength(2)
  },
)

test('an address of the settings becomes a printer, and a wrong one a sentence', () => {
  const virtual = virtualPrinter({ columns: 48 }).device
  expect(printerFromAddress('virtual:', { virtual })).toEqual({ ok: true, device: virtual })
  for (const address of ['tcp://127.0.0.1:9100', 'serial:COM3', 'file:/dev/usb/lp0']) {
    const chosen = printerFromAddress(address, { virtual })
    expect(chosen.ok && chosen.device.state).toBe('absent')
  }
  expect(printerFromAddress('lpt1', { virtual })).toMatchObject({ ok: false })
})
