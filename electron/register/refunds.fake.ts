/** A till that only refunds, over the practice SEQR service: it can die at any moment and start again on its disk. */
import { randomUUID } from 'node:crypto'
import type { Receipt, Row } from '../../app/domain/receipt.ts'
import { seqrTender } from '../../app/domain/receipt.fake.ts'
import type { ResellerLogin, SeqrService, TerminalLogin } from '../seqr/service.ts'
import { serviceFor } from '../seqr/soap/scripted-server.fake.ts'
import type { Storage } from '../storage/open.ts'
import { openStorage } from '../storage/open.ts'
import { receiptWith, rowOf, sell } from '../storage/storage.fake.ts'
import { beginShift } from './shift.ts'
import type { Desk } from './desk.ts'
import { refundActs } from './refund-acts.ts'
import type { Refunds } from './refunds.ts'
import { createRefunds } from './refunds.ts'
import type { Session } from './session.ts'
import { shopSettings } from './settings.ts'

export interface PracticeShop {
  readonly service: SeqrService
  readonly login: TerminalLogin
  readonly clock: { nowMs: number }
  /** Has a buyer pay this much; SEQR's reference of the payment. */
  pay(amountMinor: number): Promise<string>
  /** References of the refunds that the service has made, with what each gave back. */
  refunded(): readonly (readonly [ofReference: string, amountMinor: number])[]
}

/** A practice service as far as a shop needs it. */
export interface ServiceInReach {
  readonly url: string
  readonly book: {
    confirm(invoiceReference: string, pin: string): unknown
    view(): { readonly refunds: readonly { readonly ofErsReference: string; readonly amountMinor: number }[] }
  }
}

/** A terminal registered with the service, whose clock is this one. */
export async function practiceShop(
  sandbox: ServiceInReach,
  reseller: ResellerLogin,
  clock: { nowMs: number },
): Promise<PracticeShop> {
  const service = serviceFor(sandbox.url)
  const password = 'a-long-and-random-password'
  const made = await service.registerTerminal(reseller, {
    externalTerminalId: 'Store 1/Till 1',
    password,
    name: 'Till 1',
  })
  if (made.kind !== 'ok') throw new Error('The practice service registers no terminal')
  const login = { terminalId: made.value.terminalId, password }
  return {
    service,
    login,
    clock,
    async pay(amountMinor) {
      const sent = await service.sendInvoice(login, {
        paymentMode: 'IMMEDIATE_DEBIT',
        title: 'Kiosk',
        clientInvoiceId: randomUUID(),
        issuedAtMs: clock.nowMs,
        currency: 'SEK',
        totalMinor: amountMinor,
        rows: [{ description: 'Goods', quantityThousandths: 1000, totalMinor: amountMinor }],
        cashierId: 'Anna',
      })
      if (sent.kind !== 'ok') throw new Error('The practice service takes no invoice')
      sandbox.book.confirm(sent.value.invoiceReference, '1234')
      const paid = await service.getPaymentStatus(login, sent.value.invoiceReference, 0)
      return (paid.kind === 'ok' ? paid.value.ersReference : '') ?? ''
    },
    refunded: () => sandbox.book.view().refunds.map((one) => [one.ofErsReference, one.amountMinor] as const),
  }
}

type RefundHandlers = ReturnType<typeof refundActs>

export interface RefundTill {
  readonly refunds: Refunds
  /** What the window asks. */
  readonly ask: { readonly [Name in keyof RefundHandlers]: OneAsked<RefundHandlers[Name]> }
  readonly storage: Storage
  readonly desk: Desk
}

/** A handler as the window calls it: who asks is not its business. */
type OneAsked<Handler> = Handler extends (input: infer Input, ...rest: never[]) => infer Answer
  ? (input: Input) => Answer
  : never

/** Opens a database, empty or as it was when somebody pulled the plug. */
export function diskWith(bytes?: Uint8Array, now: () => number = () => 0): Storage {
  const opened = openStorage({ file: ':memory:', now, ...(bytes === undefined ? {} : { from: bytes }) })
  if (!opened.ok) throw new Error(opened.detail)
  return opened.storage
}

/** A till on this disk. It takes up what it finds, as after any start. */
export function refundTill(
  shop: Pick<PracticeShop, 'service' | 'login' | 'clock'>,
  storage: Storage,
  part: { readonly may?: boolean; readonly login?: TerminalLogin | null } = {},
): RefundTill {
  const desk: Desk = {
    storage,
    clock: {
      now: () => shop.clock.nowMs,
      elapsedMs: () => shop.clock.nowMs,
      sleepUntil: () => new Promise((resolve) => setImmediate(resolve)),
      deadline: (_, signal) => signal,
    },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    newId: randomUUID,
    announce: {} as Desk['announce'],
    disk: { full: false },
  }
  const session = sessionOf(part.may ?? true)
  const login = () => (part.login === undefined ? shop.login : part.login)
  const settings = () => shopSettings(desk)
  const refunds = createRefunds({
    desk,
    seqr: shop.service,
    login,
    printer: { queueReceipt: () => {} },
    settings,
    changed: () => {},
    heard: () => {},
  })
  const ask = refundActs({ desk, session, refunds, login, settings })
  if (storage.read.one('SELECT 1 FROM shift') === undefined)
    storage.transaction(() => beginShift(desk, 'Anna', 100_000))
  refunds.resume()
  return { refunds, ask: ask as RefundTill['ask'], storage, desk }
}

function sessionOf(may: boolean): Session {
  return {
    person: () => ({ id: 'anna', name: 'Anna' }),
    needs: (permission: string) => (may ? null : { ok: false, reason: 'needsPermission', permission }),
    tryAdministrators: (pin: string) =>
      Promise.resolve(pin === '1234' ? { ok: true, by: 'Erik' } : { ok: false, reason: 'pin', waitMs: 0 }),
    actor: () => 'Erik',
    audit: () => {},
  } as unknown as Session
}

/** A sale of three coffees at 25.00, paid by SEQR, or in part. */
export async function coffees(shop: PracticeShop, storage: Storage, bySeqrMinor = 7500): Promise<Receipt> {
  const ersReference = await shop.pay(bySeqrMinor)
  const row: Row = rowOf('Coffee', 2500, { id: 'coffee', quantityThousandths: 3000 })
  const id = randomUUID()
  const tender = { ...seqrTender(bySeqrMinor), paymentId: `payment-of-${id}`, ersReference }
  return sell(storage.write, receiptWith(id, { rows: [row], tenders: [tender] }), shop.clock.nowMs)
}
