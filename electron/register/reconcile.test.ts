import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { printedLines } from '../../app/domain/printed-paper.ts'
import { readEscpos } from '../printer/escpos-reader.ts'
import { sandboxReseller, startSeqrSandbox } from '../sandbox/seqr/seqr-server.ts'
import type { SeqrService } from '../seqr/service.ts'
import { wsdl } from '../seqr/soap/scripted-server.fake.ts'
import { findJournal } from '../storage/journal.ts'
import type { Storage } from '../storage/open.ts'
import { insertPayment } from '../storage/payments.ts'
import { pendingPrintJobs } from '../storage/print-jobs.ts'
import { paymentWith } from '../storage/storage.fake.ts'
import { createPrinting } from './printing.ts'
import type { Reconciliations } from './reconcile.ts'
import { createReconciliations } from './reconcile.ts'
import type { PracticeShop, RefundTill } from './refunds.fake.ts'
import { coffees, diskWith, practiceShop, refundTill } from './refunds.fake.ts'
import { shopSettings } from './settings.ts'

const clock = { nowMs: Date.UTC(2026, 10, 21, 9) }
const sandbox = await startSeqrSandbox({ wsdl, now: () => clock.nowMs })
afterAll(() => sandbox.close())
const running: Reconciliations[] = []
let shop: PracticeShop
beforeEach(async () => {
  sandbox.faults.clear()
  clock.nowMs += 3_600_000
  shop = await practiceShop(sandbox, sandboxReseller, clock)
})
afterEach(() => Promise.all(running.splice(0).map((one) => one.stop())))

interface Till extends RefundTill {
  readonly reconciliations: Reconciliations
}

/** A till whose clock runs as fast as it is asked to wait. */
function till(storage: Storage = diskWith(), service: SeqrService = shop.service): Till {
  const made = refundTill(shop, storage)
  const desk = {
    ...made.desk,
    clock: {
      ...made.desk.clock,
      sleepUntil: async (atMs: number) => {
        clock.nowMs = Math.max(clock.nowMs, atMs)
        await new Promise((resolve) => setImmediate(resolve))
      },
    },
  }
  const reconciliations = createReconciliations({
    desk,
    session: {
      needs: () => null,
      person: () => ({ id: 'anna', name: 'Anna' }),
      actor: () => 'Anna',
    } as never,
    seqr: service,
    reseller: () => sandboxReseller,
    terminalId: () => shop.login.terminalId,
    settings: () => shopSettings(desk),
    printing: createPrinting({
      desk,
      settings: () => shopSettings(desk),
      sandbox: false,
      hasPrinter: () => true,
      queued: () => {},
    }),
    refunds: made.refunds,
    openPayments: () => 0,
    changed: () => {},
    heard: () => {},
  })
  running.push(reconciliations)
  reconciliations.resume()
  return { ...made, reconciliations }
}

const now = ({ reconciliations }: Till) => reconciliations.view().current

async function reaches(one: Till, stage: string): Promise<void> {
  await expect.poll(() => now(one)?.stage).toBe(stage)
}

/** A sale whose SEQR payment stands on the till's account, as the payment loop books it. */
async function sale(one: Till): Promise<{ readonly reference: string; readonly id: string }> {
  const receipt = await coffees(shop, one.storage)
  const [tender] = receipt.tenders
  if (tender?.kind !== 'seqr') throw new Error('not paid by SEQR')
  book(one, tender.paymentId, receipt.id, tender.ersReference)
  return { reference: tender.ersReference, id: receipt.id }
}

function book({ storage }: Till, paymentId: string, receiptId: string, ersReference: string): void {
  insertPayment(
    storage.write,
    paymentWith(paymentId, {
      receiptId,
      terminalId: shop.login.terminalId,
      startedAtMs: clock.nowMs,
      stage: { name: 'paid', reference: 'i', ersReference, echoedMinor: 7500 },
      amounts: { askedMinor: 7500, sentMinor: 7500, echoedMinor: 7500, bookedMinor: 7500 },
    }),
  )
}

/** Payments near a mark may be counted on either side of it. */
const later = () => (clock.nowMs += 600_000)

const ask = (one: Till) =>
  one.reconciliations.handlers as unknown as Record<string, (input?: unknown) => Record<string, unknown>>

test('SEQR rule: mark, wait, REPORT_NOT_READY, and the two sides agree line by line', async () => {
  const one = till()
  await sale(one)
  await sale(one)
  later()
  expect(ask(one)['start']?.()).toEqual({ ok: true })
  await reaches(one, 'done')
  expect(now(one)).toMatchObject({
    number: 1,
    result: { matched: 2, matchedMinor: 15_000, differenceMinor: 0, findings: [] },
  })
  const entry = findJournal(one.storage.read, { kinds: ['reconciliation'], limit: 1 })[0]
  expect(entry?.body).toMatchObject({ number: 1, matched: 2, findings: [] })
})

test('a report that is never ready is waited for until a person stops it, and goes on with the same period', async () => {
  const one = till()
  sandbox.faults.add({ operation: 'executeReport', fault: 'refuse', code: 2, times: null })
  ask(one)['start']?.()
  await expect.poll(() => now(one)?.notReady ?? 0).toBeGreaterThan(3)
  const { periodId } = now(one) ?? {}
  expect(ask(one)['start']?.()).toMatchObject({ ok: false, problem: 'stillBusy' })
  expect(ask(one)['stop']?.()).toEqual({ ok: true })
  expect(now(one)).toMatchObject({ stage: 'stopped', periodId })
  sandbox.faults.clear()
  ask(one)['goOn']?.()
  await reaches(one, 'done')
  expect(now(one)?.periodId).toBe(periodId)
})

test('a lost answer to the mark is told, never repeated, and what was paid before is named', async () => {
  const one = till()
  await sale(one)
  later()
  sandbox.faults.add({ operation: 'markTransactionPeriod', fault: 'dropAfter' })
  ask(one)['start']?.()
  await reaches(one, 'markUnknown')
  const { length: periods } = sandbox.book.view().periods
  later()
  await sale(one)
  later()
  ask(one)['askAgain']?.()
  await reaches(one, 'done')
  expect(sandbox.book.view().periods).toHaveLength(periods + 1)
  expect(now(one)).toMatchObject({
    lostMarks: 1,
    result: { matched: 1, findings: [{ kind: 'lostPeriod', hereMinor: 7500, thereMinor: 0 }] },
  })
})

test('the till is killed while the mark is on its way: it does not mark again by itself', async () => {
  const silent: SeqrService = {
    ...shop.service,
    markTransactionPeriod: (_login, _terminal, signal) =>
      new Promise((resolve) => {
        const aborted = { kind: 'noAnswer', reason: 'aborted', detail: '' } as const
        signal?.addEventListener('abort', () => resolve(aborted))
      }),
  }
  const one = till(diskWith(), silent)
  ask(one)['start']?.()
  const again = till(diskWith(one.storage.bytes()))
  await reaches(again, 'markUnknown')
  expect(
    sandbox.book.view().periods.filter(({ terminalId }) => terminalId === shop.login.terminalId),
  ).toEqual([])
})

test('the till is killed while it waits: it goes on with the period that it has', async () => {
  const one = till()
  sandbox.faults.add({ operation: 'executeReport', fault: 'refuse', code: 2, times: null })
  ask(one)['start']?.()
  await reaches(one, 'waiting')
  const bytes = one.storage.bytes()
  const periodId = now(one)?.periodId
  await one.reconciliations.stop()
  sandbox.faults.clear()
  const again = till(diskWith(bytes))
  await reaches(again, 'done')
  expect(now(again)?.periodId).toBe(periodId)
})

test('a refund without an answer that SEQR made is finished by the report; one that it did not make is not', async () => {
  const one = till()
  const [made, lost] = [await sale(one), await sale(one)]
  const refund = async (fault: 'dropAfter' | 'dropBefore', receiptId: string, pieces: number) => {
    sandbox.faults.add({ operation: 'refundPayment', fault })
    const rows = [{ rowId: 'coffee', quantityThousandths: pieces * 1000 }]
    await one.ask.start({ receiptId, rows, first: null, refundId: randomUUID(), moneyMinor: pieces * 2500 })
    await expect.poll(() => one.refunds.view().open.filter(({ phase }) => phase === 'sending')).toEqual([])
  }
  await refund('dropAfter', made.id, 1)
  await refund('dropBefore', lost.id, 2)
  expect(one.refunds.view().open.map(({ phase }) => phase)).toEqual(['uncertain', 'uncertain'])
  later()
  ask(one)['start']?.()
  await reaches(one, 'done')
  expect(now(one)?.result?.findings).toMatchObject([
    { kind: 'refundMissing', thereMinor: 0 },
    { kind: 'refundFound', thereMinor: -2500 },
  ])
  expect(one.refunds.view().open).toMatchObject([{ phase: 'notRefunded', moneyMinor: 5000 }])
  expect(findJournal(one.storage.read, { kinds: ['seqrRefund'], limit: 5 })).toMatchObject([
    { body: { knownBy: 'report', amountMinor: -2500 } },
  ])
})

test('a difference is followed up with a note, printed, and written to a file that explains it', async () => {
  const one = till()
  await sale(one)
  book(one, 'ghost', 'no-receipt', 'E-ghost')
  later()
  ask(one)['start']?.()
  await reaches(one, 'done')
  const { id = '', result } = now(one) ?? {}
  const finding = result?.findings[0]?.key ?? ''
  expect(finding).toBe('onlyHerePayment/ghost')
  expect(ask(one)['note']?.({ id, finding, isDone: true, note: '=HYPERLINK("x")' })).toEqual({ ok: true })
  expect(ask(one)['list']?.()).toMatchObject([{ findings: 1, toDo: 0, matched: 1 }])
  ask(one)['print']?.({ id })
  const [job] = pendingPrintJobs(one.storage.read)
  expect(job?.title).toBe('SEQR reconciliation 1')
  expect(printedLines(readEscpos(job?.paperBytes ?? new Uint8Array(), 42))).toEqual(
    expect.arrayContaining([
      '  Payments (2)                      150.00',
      '  Payments (1)                       75.00',
      'Difference                          -75.00',
      'Differences (1)',
    ]),
  )
  const text = String(ask(one)['csv']?.({ id })['text'])
  const [heading, ...lines] = text.split('\r\n')
  expect(heading).toContain('SEQR reference')
  expect(lines[0]).toContain('Payment only at the till')
  expect(lines[0]).toContain('-75.00')
  expect(lines[1]).toContain('Agree')
})

test('SEQR’s clear no to the mark ends it, and without a connection nothing was marked', async () => {
  const one = till()
  sandbox.faults.add({ operation: 'markTransactionPeriod', fault: 'refuse', code: 37 })
  ask(one)['start']?.()
  await reaches(one, 'failed')
  expect(now(one)?.refusal).toMatchObject({ code: 37 })
  const away: SeqrService = {
    ...shop.service,
    markTransactionPeriod: () => Promise.resolve({ kind: 'noAnswer', reason: 'unreachable', detail: '' }),
  }
  const two = till(diskWith(), away)
  ask(two)['start']?.()
  await reaches(two, 'failed')
  expect(now(two)?.refusal).toMatchObject({ code: null })
})
