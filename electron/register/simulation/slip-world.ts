/** A till that takes slips, a 7-CONNECT book and a cashier on virtual time, with the power going at a chosen step. */
import { contract } from '../../../app/contract/contract.ts'
import { announcerOver, type Caller } from '../../../app/contract/define.ts'
import type { LinkAnswer, SlipAnswer, SlipCall, SlipStage } from '../../../app/domain/slip.ts'
import { sevenConnectBook, type SevenConnectBook } from '../../sandbox/seven-connect/book.ts'
import type { Merchant, MerchantWord } from '../../sandbox/seven-connect/book-types.ts'
import type { StoreLink } from '../../slips/store-link.ts'
import { openStorage, type Storage } from '../../storage/open.ts'
import { receiptsInState } from '../../storage/receipts.ts'
import { recentSlips } from '../../storage/slips.ts'
import type { Payments } from '../payments.ts'
import { createSale } from '../sale.ts'
import { createSession } from '../session.ts'
import { createSlips } from '../slips.ts'
import type { Desk } from '../desk.ts'
import { createAgenda, type Agenda } from './agenda.ts'
import { createDisk } from './disk.ts'
import { clockOf, createLife, type Life } from './life.ts'
import { furnish, people, shop } from './till.ts'

/** What becomes of one question to the server. */
export type LinkFate = 'answered' | 'lostOnTheWay' | 'answerLost'

export interface SlipWorldOptions {
  /** The power goes at these steps, counted over all lives: each transaction and each leg of each question is one. */
  readonly killAt: readonly number[]
  /** For the questions in their order; answered when they run out. */
  readonly fates: readonly LinkFate[]
  /** The server is away until then, after the start. */
  readonly awayUntilMs?: number
  readonly slips: readonly number[]
  readonly goodsMinor: number
}

export interface SlipWorld {
  readonly storage: Storage
  readonly book: SevenConnectBook
  readonly payIDs: readonly string[]
  readonly lives: () => number
  readonly steps: () => number
  /** The requestIDs and times of every confirm that left the till, by reference. */
  readonly confirms: ReadonlyMap<string, readonly { readonly requestID: string; readonly atMs: number }[]>
  /** How often the merchant was told and said yes, by reference. */
  readonly accepted: ReadonlyMap<string, number>
  readonly slips: () => readonly SlipStage[]
  /** A person sends what waits for one. */
  readonly sendAgain: () => void
  readonly run: (untilMs: number) => Promise<void>
  readonly stop: () => Promise<void>
}

export const worldStartMs = Date.parse('2026-03-02T09:00:00Z')
const legMs = 40
const restartMs = 3000
const from: Caller = { screen: 'till' }
const silent = { info: () => {}, warn: () => {}, error: () => {} }

const merchant: Merchant = {
  merchantID: 'm',
  name: 'M',
  transactionKey: 'k',
  endpoint: '',
  validates: true,
  retries: true,
  currency: 'SEK',
  expiryMinutes: 2880,
}

export function createSlipWorld(options: SlipWorldOptions): SlipWorld {
  const agenda = createAgenda(worldStartMs)
  const opened = openStorage({ file: ':memory:', now: agenda.now })
  if (!opened.ok) throw new Error(opened.detail)
  const { storage } = opened
  const counted = { ids: 0, steps: 0, lives: 0, asked: 0, payIDs: 0 }
  const newId = () => `id-${(counted.ids += 1)}`
  const accepted = new Map<string, number>()
  const confirms = new Map<string, { requestID: string; atMs: number }[]>()
  const book = sevenConnectBook({
    merchants: [merchant],
    stores: [],
    now: agenda.now,
    freshPayID: () => String((counted.payIDs += 1)).padStart(12, '0'),
    callMerchant(_, type, slip): Promise<MerchantWord> {
      if (type === 'CONFIRM') accepted.set(slip.payID, (accepted.get(slip.payID) ?? 0) + 1)
      return Promise.resolve({ kind: 'accepted', authCode: 'A1', remarks: '' })
    },
  })
  const payIDs = options.slips.map((amountMinor, index) => newSlip(book, amountMinor, index))
  const asStep = (life: Life): boolean => {
    if (!life.alive()) return false
    counted.steps += 1
    return options.killAt.includes(counted.steps)
  }
  const disk = createDisk(storage, {
    fault: () => null,
    powerCut: (life) => (asStep(life) ? 'beforeCommit' : asStep(life) ? 'afterCommit' : null),
  })
  furnish({ storage, clock: clockOf(agenda, neverEnding(agenda), { ms: 0 }), log: silent, newId })

  const step = (life: Life) => {
    if (asStep(life)) life.end()
  }
  const current: { till: ReturnType<typeof turnOn> | null } = { till: null }

  function turnOn() {
    counted.lives += 1
    const life = createLife(counted.lives, agenda, () => {
      agenda.at(agenda.now() + restartMs, () => {
        current.till = turnOn()
      })
    })
    const clock = clockOf(agenda, life, { ms: 0 })
    const announce = announcerOver(contract, () => {})
    const desk: Desk = {
      storage: disk.plugInto(life),
      clock,
      log: silent,
      newId,
      announce,
      disk: { full: false },
    }
    const pins = {
      hash: (pin: string) => Promise.resolve(pin),
      verify: (pin: string, hash: string) => Promise.resolve(pin === hash),
    }
    const session = createSession(desk, pins, () => {})
    const slips = createSlips({
      desk,
      account: () => account,
      openLink: () => linkOf(life),
      printer: { queueSlip: () => {} },
      changed: () => {},
      told: () => {},
    })
    const sale = createSale({
      desk,
      session,
      payments: noPayments,
      printer: { queueReceipt: () => {}, stateOf: () => 'noPrinter' },
      settings: () => shop,
      seqr: () => ({ registered: false, seqrId: null, online: false }),
      embeddedRules: [],
      slips,
      changed: () => slips.look(),
    })
    slips.resume()
    session.signInAs(people.cashier)
    const till = { life, slips, sale }
    void serve(till)
    return till
  }

  /** The cashier: rings up the goods and every slip that is not on the receipt yet, then takes the cash. */
  async function serve({
    life,
    slips,
    sale,
  }: Pick<NonNullable<typeof current.till>, 'life' | 'slips' | 'sale'>) {
    const isServed = () => receiptsInState(storage.read, ['completed']).length > 0
    const pause = (ms: number) =>
      new Promise<void>((resolve) => {
        agenda.at(agenda.now() + ms, () => life.alive() && resolve())
      })
    while (!isServed()) {
      await pause(200)
      if (isServed()) return
      const rows = sale.active()?.rows ?? []
      const missing = payIDs.find((payID) => !rows.some((row) => row.slip?.payId === payID))
      const shown = slips.shown()?.record
      if (!rows.some((row) => row.kind === 'open')) {
        const { goodsMinor: priceMinor } = options
        await sale.handlers.addOpenRow(
          { name: 'Goods', priceMinor, vatBasisPoints: 2500, articleId: null },
          from,
        )
      } else if (shown?.stage.name === 'verified' && shown.receiptId === null) {
        if (sale.addSlip(shown, null).ok) slips.settled()
      } else if (shown?.stage.name === 'unverified') slips.leave()
      else if (missing !== undefined && shown?.stage.name !== 'verifying') slips.begin(missing)
      else if (missing === undefined) {
        const receipt = sale.active()
        if (receipt !== null)
          await sale.handlers.payCash({ receiptId: receipt.id, givenMinor: 1_000_000 }, from)
      }
    }
  }

  function linkOf(life: Life): StoreLink {
    const ask = async (call: SlipCall): Promise<SlipAnswer> => {
      step(life)
      await leg(life, legMs)
      const fate = options.fates[counted.asked] ?? 'answered'
      counted.asked += 1
      if (call.ask === 'confirm' && fate !== 'lostOnTheWay') note(call)
      const isAway = agenda.now() < worldStartMs + (options.awayUntilMs ?? 0) && call.ask === 'confirm'
      if (isAway || fate === 'lostOnTheWay') return lost(call)
      const answer = await answerOf(book, call)
      step(life)
      await leg(life, legMs)
      if (fate === 'answerLost') return lost(call)
      step(life)
      return life.alive() ? answer : forever()
    }
    const note = ({ payID, requestID }: SlipCall) =>
      confirms.set(payID, [...(confirms.get(payID) ?? []), { requestID, atMs: agenda.now() }])
    return {
      ask,
      verify: () => forever(),
      confirm: () => forever(),
      status: () => Promise.resolve({ kind: 'noAnswer', fault: 'unreachable' }),
    }
  }

  function leg(life: Life, ms: number): Promise<void> {
    return new Promise((resolve) => {
      agenda.at(agenda.now() + ms, () => life.alive() && resolve())
    })
  }

  return {
    storage,
    book,
    payIDs,
    confirms,
    accepted,
    lives: () => counted.lives,
    steps: () => counted.steps,
    slips: () => recentSlips<SlipStage>(storage.read, 100).map(({ stage }) => stage),
    sendAgain() {
      for (const { id, stage } of recentSlips<SlipStage>(storage.read, 100))
        if (stage.name === 'needsPerson')
          current.till?.slips.press(id, { type: 'sendAgain', atMs: agenda.now() })
    },
    async run(untilMs) {
      current.till ??= turnOn()
      await agenda.runUntil(untilMs)
    },
    async stop() {
      await current.till?.slips.stop()
      storage.close()
    },
  }
}

const account = {
  baseUrl: '',
  storeID: '0189',
  storeKey: 's',
  pos: '1',
  timeZone: 'Asia/Manila',
  merchants: [],
}
const at = { storeID: '0189', pos: '1', shift: '1', bdate: '20260302000000' }

/** The sale asks only which SEQR payments are open; here there are none. */
const noPayments = { open: () => [] } as unknown as Payments

function newSlip(book: SevenConnectBook, amountMinor: number, index: number): string {
  return book.create(merchant, {
    merchantRef: `ref-${index}`,
    amountMinor,
    description: '',
    receiptRemarks: '',
    email: '',
    phone: '',
    payLoad: '',
    returnPaymentDetails: false,
    expiresAtMs: null,
  }).payID
}

async function answerOf(book: SevenConnectBook, call: SlipCall): Promise<SlipAnswer> {
  const { payID, requestID } = call
  if (call.ask === 'verify') {
    const { responseCode, responseDesc: said } = await book.verify({ payID, requestID, at })
    const slip = book.slip(payID)
    if (responseCode === 'DECLINED' || slip === null)
      return { ask: 'verify', answer: { kind: 'declined', reason: 'merchantRefused', said } }
    const { merchantID, merchantRef, description, receiptRemarks, amountMinor, currency, expiresAtMs } = slip
    const details = { merchantID, merchantName: 'M', merchantRef, description, receiptRemarks }
    return {
      ask: 'verify',
      answer: { kind: 'ok', value: { ...details, amountMinor, currency, expiresAtMs } },
    }
  }
  const verdict = await book.confirm({ payID, requestID, at, amountMinor: call.amountMinor })
  const { status, authCode, remarks, responseDesc: said } = verdict
  if (verdict.responseCode === 'DECLINED' || (status !== 'PAID' && status !== 'POSTED'))
    return { ask: 'confirm', answer: { kind: 'declined', reason: 'alreadyPaid', said } }
  return { ask: 'confirm', answer: { kind: 'ok', value: { status, authCode, remarks } } }
}

function lost({ ask }: SlipCall): SlipAnswer {
  const answer: LinkAnswer<never> = { kind: 'noAnswer', fault: 'unreachable' }
  return ask === 'verify' ? { ask, answer } : { ask, answer }
}

const forever = <T>(): Promise<T> => new Promise(() => {})
const neverEnding = (agenda: Agenda): Life => createLife(0, agenda, () => {})
