import escpos from 'escpos'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sendAsEscposJob } from './escpos-job.ts'
import { readEscpos } from './escpos-reader.ts'

test('whatever the bytes are, escpos hands them on unchanged and in one piece', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 5_000 }), async (bytes) => {
      const sent: Uint8Array[] = []
      await sendAsEscposJob(bytes, async (piece) => {
        sent.push(Uint8Array.from(piece))
        await Promise.resolve()
      })
      expect(sent).toEqual([bytes])
    }),
  )
})

test('a device that fails makes the job fail with its own error', async () => {
  const job = sendAsEscposJob(Uint8Array.of(10), async () => await Promise.reject(new Error('cable pulled')))
  await expect(job).rejects.toThrow('cable pulled')
})

/** What the package would write by itself, as a printer would read it. */
function faultsOf(draw: (printer: Record<string, (...settings: unknown[]) => unknown>) => void): string[] {
  let bytes: Uint8Array = new Uint8Array()
  const adapter = {
    open: () => undefined,
    write: (piece: Uint8Array) => {
      bytes = Uint8Array.from(piece)
    },
    close: () => undefined,
  }
  const printer = new escpos.Printer(adapter, { encoding: 'cp858' })
  draw(printer as unknown as Record<string, (...settings: unknown[]) => unknown>)
  printer.flush(() => undefined)
  return readEscpos(bytes, 48).faults.map((fault) => fault.kind)
}

test('the reasons for our own bytes still stand: bar code, QR code and drawer of the package are wrong', () => {
  expect(faultsOf((printer) => printer['barcode']?.('991308500305', 'CODE128'))).not.toEqual([])
  expect(faultsOf((printer) => printer['qrcode']?.('HTTP://SEQR.SE/R1'))).not.toEqual([])
  expect(faultsOf((printer) => printer['cashdraw']?.(2))).not.toEqual([])
})
