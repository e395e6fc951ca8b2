/** A till made of the register's own parts, with the world's clock, disk and line handed to it. */
import { contract } from '../../../app/contract/contract.ts'
import { announcerOver } from '../../../app/contract/define.ts'
import { firstShop } from '../../../app/domain/shop.ts'
import type { ShopSettings } from '../../../app/domain/shop.ts'
import { isOver } from '../../../app/domain/seqr-payment.ts'
import type { SeqrService, TerminalLogin } from '../../seqr/service.ts'
import type { Storage } from '../../storage/open.ts'
import { saveUser } from '../../storage/users.ts'
import { noWrongPins } from '../../../app/domain/lockout.ts'
import type { Clock } from '../clock.ts'
import { createConnection } from '../connection.ts'
import type { Desk, Log } from '../desk.ts'
import { createDiskWatch } from '../disk-watch.ts'
import type { Sent } from '../outbox.ts'
import { createOutbox } from '../outbox.ts'
import { paymentActs } from '../payment-acts.ts'
import type { Machine, Payments } from '../payments.ts'
import { createPayments } from '../payments.ts'
import { reservationActs } from '../reservations.ts'
import { createSale } from '../sale.ts'
import { createSession } from '../session.ts'
import { beginShift } from '../shift.ts'

export const shop: ShopSettings = { ...firstShop, storeName: 'Simulated kiosk' }

export const people = { cashier: 'cashier', administrator: 'administrator', pin: '1234' } as const

/** What a till is made of, apart from the register's own code. */
export interface TillParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly seqr: SeqrService
  readonly log: Log
  readonly newId: () => string
  readonly random: () => number
  readonly login: TerminalLogin
  readonly seqrId: string
  readonly changed: () => void
  /** Fewer safeguards than the till has, for the mutants. */
  readonly machine?: Machine
  readonly payments?: (payments: Payments) => Payments
  readonly toSale?: (payments: Payments) => Payments
}

export type SimulatedTill = ReturnType<typeof createSimulatedTill>

export function createSimulatedTill(parts: TillParts) {
  const desk = deskOf(parts)
  const pins = {
    hash: (pin: string) => Promise.resolve(pin),
    verify: (pin: string, hash: string) => Promise.resolve(pin === hash),
  }
  const session = createSession(desk, pins, parts.changed)
  const printer = { queueReceipt: () => {}, stateOf: () => 'noPrinter' as const }
  const settings = () => shop
  const wakeOutbox = () => {
    outbox.wake()
    parts.changed()
  }
  const payments = (parts.payments ?? same)(
    createPayments({
      desk,
      seqr: parts.seqr,
      login: () => parts.login,
      seqrId: () => parts.seqrId,
      printer,
      changed: wakeOutbox,
      heard: (answer, tookMs) => connection.heard(answer, tookMs),
      finished: (receiptId) => sale.showFinished(receiptId),
      ...(parts.machine === undefined ? {} : { machine: parts.machine }),
    }),
  )
  const connection = createConnection({
    clock: parts.clock,
    seqr: parts.seqr,
    idle: () => payments.open().every((one) => one.stage.name === 'reserved'),
    changed: parts.changed,
  })
  const sale = createSale({
    desk,
    session,
    payments: (parts.toSale ?? same)(payments),
    printer,
    settings,
    seqr: () => ({ registered: true, seqrId: parts.seqrId, online: connection.usable() }),
    embeddedRules: [],
    changed: wakeOutbox,
  })
  const acts = paymentActs({ desk, session, sale, payments, printer, settings, changed: parts.changed })
  const reservations = reservationActs({ desk, session, sale, payments, settings })
  const outbox = createOutbox({
    desk,
    random: parts.random,
    changed: parts.changed,
    async send(item, signal): Promise<Sent> {
      const { ersReference } = item.body as { ersReference: string }
      const document = { mimeType: 'text/plain', data: new Uint8Array([1]), receiptType: 'RECEIPT' }
      const answer = await parts.seqr.submitPaymentReceipt(parts.login, ersReference, document, signal)
      if (answer.kind === 'ok') return 'done'
      return answer.kind === 'refused' && !answer.passing ? { needsPerson: answer.name } : 'tryAgain'
    },
  })
  const diskWatch = createDiskWatch(desk, parts.changed)
  return {
    desk,
    payments,
    sale,
    acts,
    reservations,
    hasOpenMoney: () => payments.open().some((one) => !isOver(one.stage) && one.stage.name !== 'reserved'),
    /** In the register's own order: money first. */
    start(): void {
      payments.resume()
      session.signInAs(people.cashier)
      connection.start()
      outbox.start()
      diskWatch.start()
    },
    async stop(): Promise<void> {
      outbox.stop()
      diskWatch.stop()
      connection.stop()
      await payments.stop()
    },
  }
}

const same = (payments: Payments): Payments => payments

function deskOf({ storage, clock, log, newId }: TillParts): Desk {
  return {
    storage,
    clock,
    log,
    newId,
    announce: announcerOver(contract, () => {}),
    disk: { full: false },
  }
}

/** People and an open shift, once for a database. */
export function furnish(parts: Pick<TillParts, 'storage' | 'clock' | 'log' | 'newId'>): void {
  const desk = deskOf(parts as TillParts)
  parts.storage.transaction((db) => {
    const common = {
      active: true,
      pinHash: people.pin,
      ...noWrongPins,
      permissions: ['cancelReceipt'] as const,
    }
    saveUser(db, { ...common, id: people.cashier, name: 'Alva', role: 'cashier' })
    saveUser(db, { ...common, id: people.administrator, name: 'Administrator', role: 'administrator' })
    beginShift(desk, 'Alva', 0)
  })
}
