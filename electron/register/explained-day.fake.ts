/** A shop whose days are played by its own handlers, and whose books are read from what it hands out: its exports. */
import { randomUUID } from 'node:crypto'
import type { Discount, Receipt, Tender, VatLine } from '../../app/domain/receipt.ts'
import type { ShiftReport } from '../../app/domain/shift.ts'
import type { SeqrService } from '../seqr/service.ts'
import { insertPayment, savePayment } from '../storage/payments.ts'
import { activeReceiptId, receiptById, saveReceipt } from '../storage/receipts.ts'
import { paymentWith, rowOf } from '../storage/storage.fake.ts'
import type { Desk } from './desk.ts'
import { bookMove } from './payment-books.ts'
import type { TestedRegister } from './register.fake.ts'
import { fromTill, startedRegister } from './register.fake.ts'

export interface PlayedRow {
  readonly priceMinor: number
  readonly vatBasisPoints: number
  readonly pieces: number
  readonly gramsMore: number
  readonly discount: Discount | null
  readonly isBack: boolean
  readonly newPriceMinor: number | null
}

export interface PlayedSale {
  readonly do: 'sale'
  readonly rows: readonly PlayedRow[]
  readonly discount: Discount | null
  readonly slipMinor: number
  readonly end: 'paid' | 'parked' | 'canceled'
  /** Hundredths of what is left. */
  readonly pays: readonly { readonly by: 'seqr' | 'card' | 'cash'; readonly share: number }[]
  readonly moreCash: number
}

export interface PlayedRefund {
  readonly do: 'refund'
  readonly sale: number
  readonly rows: readonly number[]
  readonly first: 'seqr' | 'card' | 'cash' | null
}

export interface PlayedMove {
  readonly do: 'move'
  readonly kind: 'in' | 'out' | 'drop'
  readonly amountMinor: number
}

export type Played = PlayedSale | PlayedRefund | PlayedMove

/** An entry of the exported journal that is a receipt. */
export type BookedReceipt = Pick<
  Receipt,
  'id' | 'kind' | 'number' | 'shiftId' | 'rows' | 'tenders' | 'roundingMinor' | 'refundOf'
> & { readonly totalMinor: number; readonly vat: readonly VatLine[] }

export interface JournalLine {
  readonly seq: number
  readonly kind: string
  readonly body: unknown
}

type Answered = { readonly ok: true } | { readonly ok: false }

function must<T extends Answered>(answer: T, told: string): Extract<T, { ok: true }> {
  if (!answer.ok) throw new Error(`${told}: ${JSON.stringify(answer)}`)
  return answer as Extract<T, { ok: true }>
}

/** SEQR gives back at once whatever it is asked to; it takes no invoice, payments are booked by {@link playedShop}. */
function givingSeqr(): SeqrService {
  const references = { last: 0 }
  const answers: Readonly<Record<string, () => unknown>> = {
    probe: () => 'offline',
    registerTerminal: () => ({ kind: 'ok', value: { terminalId: 'T1' } }),
    refundPayment: () => ({ kind: 'ok', value: { ersReference: `refund-${(references.last += 1)}` } }),
  }
  return new Proxy({} as SeqrService, {
    get: (_, name) => () => Promise.resolve(answers[String(name)]?.() ?? { kind: 'noAnswer' }),
  })
}

export type PlayedShop = Awaited<ReturnType<typeof playedShop>>

export async function playedShop() {
  const till = await startedRegister({ seqr: givingSeqr() })
  const { ask } = till
  const allow = async () => void must(await ask.session.unlock({ pin: '1234' }, fromTill), 'unlock')
  await allow()
  const reseller = { resellerId: 'S', userId: '1', password: 'shop', name: 'Till', externalId: 'Till' }
  must(await ask.terminal.register(reseller, fromTill), 'register')

  async function left() {
    const { receipt } = await ask.sale.current(undefined, fromTill)
    return receipt === null || receipt.state !== 'open' ? null : receipt
  }

  async function ringUp({ rows, discount, slipMinor }: PlayedSale): Promise<void> {
    for (const row of rows) await addRow(row)
    if (discount !== null) must(await ask.sale.setDiscount({ discount }, fromTill), 'discount')
    const open = receiptById(till.storage.read, activeReceiptId(till.storage.read) ?? '')
    if (slipMinor > 0 && open !== null)
      saveReceipt(till.storage.write, {
        ...open,
        rows: [...open.rows, rowOf('Slip', slipMinor, { id: randomUUID(), kind: 'slip', vatBasisPoints: 0 })],
      })
  }

  async function addRow(row: PlayedRow): Promise<void> {
    const { priceMinor, vatBasisPoints, discount, newPriceMinor } = row
    const added = { name: 'Goods', priceMinor, vatBasisPoints, articleId: null }
    must(await ask.sale.addOpenRow(added, fromTill), 'row')
    const id = activeReceiptId(till.storage.read) ?? ''
    const receipt = receiptById(till.storage.read, id)
    const last = receipt?.rows.at(-1)
    if (receipt === null || last === undefined) throw new Error('The row is not there')
    if (row.gramsMore > 0)
      saveReceipt(till.storage.write, {
        ...receipt,
        rows: receipt.rows.map((one) => (one === last ? { ...one, unit: 'kg', unitDecimals: 3 } : one)),
      })
    const quantityThousandths = (row.pieces * 1000 + row.gramsMore) * (row.isBack ? -1 : 1)
    const rowId = last.id
    must(await ask.sale.setQuantity({ rowId, quantityThousandths }, fromTill), 'quantity')
    if (newPriceMinor !== null)
      must(await ask.sale.setPrice({ rowId, unitPriceMinor: newPriceMinor }, fromTill), 'price')
    if (discount !== null) must(await ask.sale.setRowDiscount({ rowId, discount }, fromTill), 'row discount')
  }

  /** SEQR says that the buyer has paid: booked as every paid payment is. */
  function seqrPays(receiptId: string, amountMinor: number): void {
    const { storage, clock } = till
    const desk = { storage, clock: { now: () => clock.nowMs }, newId: randomUUID } as unknown as Desk
    const id = randomUUID()
    const amounts = {
      askedMinor: amountMinor,
      sentMinor: amountMinor,
      echoedMinor: amountMinor,
      bookedMinor: amountMinor,
    }
    const before = paymentWith(id, { receiptId, amountMinor, amounts, startedAtMs: clock.nowMs })
    const stage = {
      name: 'paid',
      reference: id,
      ersReference: `ers-${id}`,
      echoedMinor: amountMinor,
    } as const
    storage.transaction(() => {
      insertPayment(storage.write, before)
      const after = { ...before, stage }
      savePayment(storage.write, bookMove(desk, { queueReceipt: () => {} }, { before, after }))
    })
  }

  async function payPart({ by, share }: PlayedSale['pays'][number]): Promise<void> {
    const receipt = await left()
    if (receipt === null) return
    const { id: receiptId, leftWithoutCashMinor: mostMinor, leftInCashMinor } = receipt
    const amountMinor = Math.round((mostMinor * share) / 100)
    if (by === 'seqr' && amountMinor > 0) {
      const hasSlip = receipt.rows.some(({ kind }) => kind === 'slip')
      seqrPays(receiptId, hasSlip ? Math.min(amountMinor, mostMinor) : amountMinor)
    } else if (by === 'card' && amountMinor !== 0 && Math.abs(amountMinor) <= Math.abs(mostMinor)) {
      const card = { receiptId, tenderTypeId: 'card', amountMinor, reference: '' }
      must(await ask.sale.payOther(card, fromTill), 'card')
    } else if (by === 'cash' && leftInCashMinor > 100) {
      const givenMinor = Math.max(100, Math.floor((leftInCashMinor * share) / 10_000) * 100)
      must(await ask.sale.payCash({ receiptId, givenMinor }, fromTill), 'cash')
    }
  }

  async function finish(moreCash: number): Promise<void> {
    const receipt = await left()
    if (receipt === null) return
    const { id: receiptId, leftInCashMinor } = receipt
    const givenMinor = leftInCashMinor + moreCash
    if (leftInCashMinor > 0) must(await ask.sale.payCash({ receiptId, givenMinor }, fromTill), 'cash')
    else must(await ask.sale.giveBack({ receiptId }, fromTill), 'give back')
  }

  async function sell(sale: PlayedSale): Promise<void> {
    await ringUp(sale)
    if (sale.end === 'canceled') {
      must(await ask.sale.cancel({ reason: 'Changed mind' }, fromTill), 'cancel')
      return
    }
    if (sale.end === 'parked') {
      const receiptId = activeReceiptId(till.storage.read) ?? ''
      must(await ask.sale.park({ name: 'Later' }, fromTill), 'park')
      must(await ask.sale.resume({ receiptId }, fromTill), 'resume')
    }
    for (const part of sale.pays) await payPart(part)
    await finish(sale.moreCash)
  }

  async function refund({ sale, rows, first }: PlayedRefund): Promise<void> {
    const found = (await ask.refund.find({ text: '' }, fromTill))[sale]
    if (found === undefined) return
    const { receiptId } = found
    const opened = must(await ask.refund.open({ receiptId }, fromTill), 'open').sale
    const chosen = opened.rows.flatMap(({ id: rowId, leftThousandths, unitDecimals }, index) => {
      const step = 10 ** (3 - unitDecimals)
      const some = Math.ceil((leftThousandths * (rows[index] ?? 0)) / 100 / step) * step
      return some > 0 ? [{ rowId, quantityThousandths: Math.min(some, leftThousandths) }] : []
    })
    const source = opened.sources.find(({ kind }) => kind === (first === 'card' ? 'other' : first))
    const request = { receiptId, rows: chosen, first: source?.id ?? null }
    const plan = await ask.refund.plan(request, fromTill)
    if (!plan.ok) return
    const refundId = randomUUID()
    const { moneyMinor } = plan.plan
    must(await ask.refund.start({ ...request, refundId, moneyMinor }, fromTill), 'refund')
    while ((await ask.refund.current(undefined, fromTill)).open.length > 0)
      await new Promise((resolve) => setImmediate(resolve))
  }

  return {
    till,
    allow,
    async play(act: Played): Promise<void> {
      if (act.do === 'sale') return await sell(act)
      if (act.do === 'refund') return await refund(act)
      const { kind, amountMinor } = act
      must(await ask.shift.moveCash({ kind, amountMinor, reason: 'Because' }, fromTill), 'move')
    },
    xReport: async () => must(await ask.shift.xReport(undefined, fromTill), 'X'),
    async close(countedMinor: number): Promise<void> {
      must(await ask.shift.count({ countedMinor, pieces: [] }, fromTill), 'count')
      must(await ask.shift.close({ carryOver: false }, fromTill), 'Z')
    },
    async openAgain(floatMinor: number): Promise<void> {
      const user = (await ask.session.users(undefined, fromTill)).find(({ name }) => name.startsWith('Alva'))
      must(await ask.session.signIn({ userId: user?.id ?? '', pin: '1111' }, fromTill), 'sign in')
      await allow()
      must(await ask.shift.open({ floatMinor }, fromTill), 'open')
    },
    journal: () => exported(till, 'jsonl'),
    journalCsv: () => exported(till, 'csv'),
  }
}

async function exported({ ask }: TestedRegister, format: 'jsonl' | 'csv'): Promise<string> {
  const parts: string[] = []
  for (let after: number | null = 0; after !== null;) {
    const part: { readonly text: string; readonly next: number | null } = must(
      await ask.journal.exportPart({ format, after }, fromTill),
      'export',
    )
    parts.push(part.text)
    after = part.next
  }
  return parts.join('')
}

/** The entries of an exported journal. */
export const linesOf = (jsonl: string): readonly JournalLine[] =>
  jsonl
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JournalLine)

export const receiptsOf = (lines: readonly JournalLine[]): readonly BookedReceipt[] =>
  lines.filter(({ kind }) => kind === 'sale' || kind === 'refund').map(({ body }) => body as BookedReceipt)

export const reportsOf = (
  lines: readonly JournalLine[],
  kind: 'xReport' | 'zReport',
): readonly ShiftReport[] => lines.filter((line) => line.kind === kind).map(({ body }) => body as ShiftReport)

export const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, one) => sum + one, 0)

export const moneyOf = (receipts: readonly BookedReceipt[], ...kinds: readonly Tender['kind'][]): number =>
  sumOf(
    receipts
      .flatMap(({ tenders }) => tenders)
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ amountMinor }) => amountMinor),
  )
