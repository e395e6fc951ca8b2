// The certification procedure for tills, step by step, against the sandbox: two sides that share only the wire.
import { afterAll, expect, test } from 'vitest'
import type { SeqrInvoice } from '../../app/domain/seqr-invoice.ts'
import { sandboxReseller, startSeqrSandbox } from '../sandbox/seqr/seqr-server.ts'
import { readReport } from './report.ts'
import { terminalDetailsReport } from './service.ts'
import type { Answer } from './service.ts'
import { serviceFor, wsdl } from './soap/scripted-server.fake.ts'

const clock = { atMs: Date.UTC(2026, 0, 2) }
const sandbox = await startSeqrSandbox({ wsdl, now: () => clock.atMs })
afterAll(() => sandbox.close())
const service = serviceFor(sandbox.url)

const seqrId = '004610027501'
const invoice: SeqrInvoice = {
  paymentMode: 'IMMEDIATE_DEBIT',
  title: 'Åsas Café',
  clientInvoiceId: 'K1-1',
  issuedAtMs: clock.atMs,
  currency: 'SEK',
  totalMinor: 2550,
  rows: [
    { description: 'Coffee', quantityThousandths: 1000, totalMinor: 2500 },
    { description: 'Sugar & milk', quantityThousandths: 500, unit: 'dl', totalMinor: 100 },
    { description: 'Discount', quantityThousandths: 1000, totalMinor: -50 },
  ],
  cashierId: 'Bo',
}
const document = { mimeType: 'text/plain', data: new TextEncoder().encode('Kvitto'), receiptType: 'receipt' }

function valueOf<Value>(answer: Answer<Value>): Value {
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer))
  return answer.value
}

async function registered(externalTerminalId: string) {
  const password = 'a-long-and-random-password'
  const terminal = { externalTerminalId, password, name: 'Till 4' }
  const { terminalId } = valueOf(await service.registerTerminal(sandboxReseller, terminal))
  return { terminalId, password }
}

test('a till registers, takes its sticker, is paid, refunds, reconciles and leaves', async () => {
  const login = await registered('Store 111/Till 4')
  valueOf(await service.assignSeqrId(login, seqrId))

  const { invoiceReference } = valueOf(await service.sendInvoice(login, invoice))
  const waiting = valueOf(await service.getPaymentStatus(login, invoiceReference, 0))
  expect(waiting.status).toBe('ISSUED')
  sandbox.book.confirm(invoiceReference, '1234')
  const paid = valueOf(await service.getPaymentStatus(login, invoiceReference, waiting.version))
  expect(paid).toMatchObject({
    status: 'PAID',
    receipt: { amountMinor: 2550, currency: 'SEK', clientInvoiceId: 'K1-1' },
  })
  clock.atMs += 1000
  const seen = valueOf(await service.getPaymentStatus(login, invoiceReference, paid.version))
  clock.atMs += 30_000
  const later = valueOf(await service.getPaymentStatus(login, invoiceReference, seen.version))
  expect([later.status, later.ersReference]).toEqual(['PAID', paid.ersReference])
  const ersReference = paid.ersReference ?? ''
  valueOf(await service.submitPaymentReceipt(login, ersReference, document))

  const canceled = valueOf(await service.sendInvoice(login, invoice)).invoiceReference
  expect(valueOf(await service.getPaymentStatus(login, canceled, 0)).status).toBe('ISSUED')
  valueOf(await service.cancelInvoice(login, canceled))
  expect(await service.cancelInvoice(login, canceled)).toMatchObject({ kind: 'refused', code: 95 })
  expect(await service.cancelInvoice(login, invoiceReference)).toMatchObject({ kind: 'refused', code: 50 })

  const row = { description: 'Coffee', quantityThousandths: -1000, totalMinor: 2500 }
  const refund = { title: 'Refund', cashierId: 'Bo', currency: 'SEK', totalMinor: 2500, rows: [row] } as const
  const refunded = valueOf(await service.refundPayment(login, ersReference, refund))
  expect(refunded.ersReference).not.toBe(ersReference)
  expect(await service.refundPayment(login, ersReference, refund)).toMatchObject({
    kind: 'refused',
    code: 98,
  })

  const period = valueOf(await service.markTransactionPeriod(sandboxReseller, login.terminalId))
  const question = { ...period, terminalId: login.terminalId }
  expect(await service.executeReport(sandboxReseller, terminalDetailsReport, question)).toMatchObject({
    code: 2,
  })
  clock.atMs += 10_000
  const report = valueOf(await service.executeReport(sandboxReseller, terminalDetailsReport, question))
  const read = readReport(report.content, 'SEK')
  expect(read).toMatchObject({ ok: true, meta: { terminalId: login.terminalId, ...period } })
  expect(read.ok && read.rows.map(({ salesMinor, ersReference: of }) => [salesMinor, of])).toEqual([
    [2550, ersReference],
    [-2500, refunded.ersReference],
  ])

  valueOf(await service.unregisterTerminal(login))
  expect(await service.sendInvoice(login, invoice)).toMatchObject({ kind: 'refused', code: 29 })
  expect(sandbox.book.view().remarks, 'what certification would object to').toEqual([])
})

test('a preliminary payment is reserved, updated and committed with less than was reserved', async () => {
  const login = await registered('Store 111/Till 5')
  const reserving: SeqrInvoice = {
    ...invoice,
    paymentMode: 'RESERVATION_REQUIRED_PRELIMINARY_AMOUNT',
    commitReservationTimeoutSeconds: 600,
  }
  const { invoiceReference } = valueOf(await service.sendInvoice(login, reserving))
  sandbox.book.confirm(invoiceReference, '1234')
  const reserved = valueOf(await service.getPaymentStatus(login, invoiceReference, 0))
  expect(reserved.status).toBe('RESERVED')
  const final = { ...reserving, totalMinor: 2500, rows: invoice.rows.slice(0, 1) }
  valueOf(await service.updateInvoice(login, invoiceReference, final))
  valueOf(await service.commitReservation(login, invoiceReference, 2500, 'SEK'))
  const paid = valueOf(await service.getPaymentStatus(login, invoiceReference, reserved.version))
  expect(paid).toMatchObject({ status: 'PAID', receipt: { amountMinor: 2500 } })
  expect(await service.commitReservation(login, invoiceReference, 2500, 'SEK')).toMatchObject({ code: 96 })
})

test('a wrong password is refused with 20, an invoice that does not add up with 49', async () => {
  const login = await registered('Store 111/Till 6')
  expect(await service.sendInvoice({ ...login, password: 'wrong' }, invoice)).toMatchObject({ code: 20 })
  expect(await service.sendInvoice(login, { ...invoice, totalMinor: 1 })).toMatchObject({ code: 49 })
})
