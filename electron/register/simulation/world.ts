/** One run of the simulation: a till, a service, buyers, a cashier and misfortunes, all from one seed. */
import { createSeqrBook } from '../../sandbox/seqr/seqr-book.ts'
import type { ResellerAccount } from '../../sandbox/seqr/book-types.ts'
import { nextOutboxAtMs } from '../../storage/outbox.ts'
import { openStorage } from '../../storage/open.ts'
import type { Storage } from '../../storage/open.ts'
import { createAgenda } from './agenda.ts'
import { audit, stuckPayments } from './audit.ts'
import { letBuyersCome } from './buyer.ts'
import { cashOn, createCashier } from './cashier.ts'
import { createDisk } from './disk.ts'
import type { Life, Skew } from './life.ts'
import { clockOf, createLife } from './life.ts'
import { seqrOver } from './line.ts'
import { createMisfortune } from './misfortune.ts'
import type { Mutant } from './mutants.ts'
import { randomOf } from './random.ts'
import type { SimulatedTill } from './till.ts'
import { createSimulatedTill, furnish } from './till.ts'
import { createWatch } from './watch.ts'
import { createWeather } from './weather.ts'

export interface Failure {
  readonly rule: string
  readonly detail: string
  readonly atMs: number
}

export interface Outcome {
  readonly seed: string
  readonly failures: readonly Failure[]
  /** How often each thing happened: kills, faults, payments by how they ended. */
  readonly counts: ReadonlyMap<string, number>
  /** Every step with its virtual time, when asked for. */
  readonly trace: readonly string[]
  readonly virtualMs: number
}

export interface RunOptions {
  readonly seed: string
  readonly trace?: boolean
  /** A safeguard to take away. */
  readonly mutant?: Mutant
}

const startMs = Date.parse('2026-03-02T09:00:00Z')
const seqrId = '004610027501'
const reseller: ResellerAccount = {
  resellerId: 'SHOP',
  userId: '9900',
  password: 'shop-password',
  name: 'Simulated kiosk',
  currency: 'SEK',
}
/** Longer than the latest question is late and than the 20 s after which a payment is reversed. */
const calmMs = 45_000
const closingMs = 25_000
const longestOutboxMs = 45 * 60_000

/** A database for one run after another: each leaves it as it found it. */
export interface Bench {
  readonly storage: Storage
  readonly wall: { now: () => number }
}

export function openBench(): Bench {
  const wall = { now: () => startMs }
  const opened = openStorage({ file: ':memory:', now: () => wall.now() })
  if (!opened.ok) throw new Error(opened.detail)
  const { storage } = opened
  const ids = { last: 0 }
  const silent = { info: () => {}, warn: () => {}, error: () => {} }
  const clock = clockOf(
    createAgenda(startMs),
    createLife(0, createAgenda(startMs), () => {}),
    { ms: 0 },
  )
  furnish({ storage, clock, log: silent, newId: () => `furniture-${(ids.last += 1)}` })
  return { storage, wall }
}

/** Runs one seed on a bench. The same seed gives the same run, to the last event. */
export async function runSeed(bench: Bench, options: RunOptions): Promise<Outcome> {
  bench.storage.write.run('SAVEPOINT run')
  try {
    return await runOn(bench, options)
  } finally {
    bench.storage.write.run('ROLLBACK TO run')
    bench.storage.write.run('RELEASE run')
    bench.wall.now = () => startMs
  }
}

async function runOn(bench: Bench, { seed, trace = false, mutant = {} }: RunOptions): Promise<Outcome> {
  const random = randomOf(seed)
  const agenda = createAgenda(startMs)
  const skew: Skew = { ms: 0 }
  bench.wall.now = () => agenda.now() + skew.ms
  const failures: Failure[] = []
  const counts = new Map<string, number>()
  const lines: string[] = []
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)
  const noteOf = (who: string) => (text: () => string) => {
    if (!trace) return
    const seconds = ((agenda.now() - startMs) / 1000).toFixed(3)
    lines.push(`${String(lines.length + 1).padStart(5)} ${seconds.padStart(9)} s  ${who.padEnd(9)} ${text()}`)
  }
  const fail = (rule: string, detail: string) => {
    failures.push({ rule, detail, atMs: agenda.now() - startMs })
    noteOf('RULE')(() => `${rule}: ${detail}`)
  }

  const stormMs = random.pick([20_000, 40_000, 60_000, 100_000, 160_000])
  const calmFromMs = startMs + stormMs
  const ids = { book: 0, till: 0 }
  const invoiceLifetimeMs = random.chance(0.2) ? random.between(20_000, 120_000) : null
  const book = createSeqrBook({
    now: () => agenda.now(),
    newId: (kind) => `${kind}-${(ids.book += 1)}`,
    resellers: [reseller],
    invoiceLifetimeMs,
    pinStepMs: 15_000,
  })
  const login = terminalAt(book)
  const weather = createWeather(random.fork('weather'), startMs, calmFromMs)
  const watch = createWatch({
    agenda,
    book,
    read: bench.storage.read,
    diskFailedAtMs: () => misfortune.diskFailedAtMs(),
    fail,
  })
  const lives: Life[] = []
  const now: { life: Life | null; till: SimulatedTill | null } = { life: null, till: null }
  const misfortune = createMisfortune({
    agenda,
    random: random.fork('misfortune'),
    skew,
    untilMs: calmFromMs,
    life: () => now.life,
    counted: count,
    note: noteOf('fate'),
  })
  const clientIds = new Map<string, string>()
  const disk = createDisk(mutant.disk?.(bench.storage) ?? bench.storage, misfortune.disk)
  const chance = random.fork('till')
  const cash = new Map<string, number>()

  const line = {
    agenda,
    book,
    weather,
    clientIdOf: (reference: string) => clientIds.get(reference) ?? '',
    watcher: {
      leaving: misfortune.leaving,
      left: misfortune.left,
      arriving: misfortune.arriving,
      asked(asked: Parameters<typeof watch.asked>[0]) {
        count(`question ${asked.operation}`)
        if (asked.fate !== 'answered') count(`fault ${asked.fate}`)
        noteOf('line')(
          () => `${asked.operation} ${asked.clientInvoiceId} ${asked.reference ?? ''} goes: ${asked.fate}`,
        )
        watch.asked(asked)
      },
      ended: watch.ended,
      invoiceMade(clientInvoiceId: string, reference: string, question: { fate: string }) {
        clientIds.set(reference, clientInvoiceId)
        watch.invoiceMade(clientInvoiceId, reference, question.fate === 'twice')
      },
      note: noteOf('answer'),
    },
  }

  function powerOn(): void {
    if (now.life?.alive() === true) return
    mutant.powerOn?.(bench.storage)
    disk.powerOn()
    const life = createLife(lives.length + 1, agenda, ended)
    lives.push(life)
    noteOf('till')(() => `life ${life.number} begins`)
    const clock = clockOf(agenda, life, skew)
    const storage = disk.plugInto(life)
    const till = createSimulatedTill({
      storage: mutant.storage?.(storage) ?? storage,
      clock: mutant.clock?.(clock) ?? clock,
      seqr: seqrOver(line, life),
      log: logOf(noteOf('log')),
      newId: () => `id-${String((ids.till += 1)).padStart(6, '0')}-of-the-till`,
      random: () => chance.next(),
      login,
      seqrId,
      changed: () => {},
      ...(mutant.machine === undefined ? {} : { machine: mutant.machine(clock) }),
      ...(mutant.payments === undefined ? {} : { payments: mutant.payments }),
      ...(mutant.toSale === undefined ? {} : { toSale: mutant.toSale }),
    })
    Object.assign(now, { life, till })
    till.start()
    agenda.at(agenda.now(), () => {
      if (life.alive()) watch.lookAfterStart(life, till)
    })
  }

  function ended(life: Life): void {
    const outage = random.chance(0.3) ? random.between(15_000, 45_000) : random.between(50, 6000)
    count(outage > 20_000 ? 'outage over 20 s' : 'outage')
    noteOf('till')(() => `life ${life.number} ends; the power is back in ${outage} ms`)
    mutant.powerOff?.(bench.storage)
    // The power that took the till often takes the router along, and that one starts more slowly.
    if (random.chance(0.3)) weather.cutOff(agenda.now(), agenda.now() + outage + random.between(500, 8000))
    agenda.at(Math.min(agenda.now() + outage, calmFromMs), powerOn)
  }

  /** Closed in good order, and started again. */
  function closeAndOpen(): void {
    const { life, till } = now
    if (life === null || till === null || !life.alive()) return
    count('closed in order')
    noteOf('till')(() => 'is closed')
    void till.stop().then(() => life.end())
  }

  const cashier = createCashier({
    random: random.fork('cashier'),
    note: noteOf('cashier'),
    cash: {
      before: (receiptId) => {
        if (now.till !== null) cash.set(receiptId, cashOn(now.till, receiptId).tenders)
      },
      after: (receiptId, answer) => {
        if (now.till === null) return
        const more = cashOn(now.till, receiptId).tenders - (cash.get(receiptId) ?? 0)
        const alive = now.life?.alive() === true
        if (alive && answer !== null && more !== (answer.ok ? 1 : 0))
          fail('cash is taken once', `${receiptId}: ${more} more after ${JSON.stringify(answer)}`)
      },
    },
  })
  const pace = random.fork('pace')
  const isHasty = pace.chance(0.5)

  function work(): void {
    if (agenda.now() >= calmFromMs) return
    agenda.at(agenda.now() + (isHasty ? pace.between(150, 2500) : pace.between(500, 12_000)), work)
    const { life, till } = now
    if (life === null || till === null || !life.alive()) return
    void cashier.act(till).catch((error: unknown) => {
      if (life.alive())
        fail('nothing is thrown', error instanceof Error ? (error.stack ?? error.message) : String(error))
    })
  }

  function look(): void {
    watch.look(now.life, now.till)
    if (now.till !== null && now.life?.alive() === true) watch.lookAtScreen(now.till)
    agenda.at(agenda.now() + (agenda.now() < calmFromMs ? 400 : 1000), look)
  }

  const stuck = () => stuckPayments({ read: bench.storage.read, book, wallMs: agenda.now() + skew.ms })

  function finalAudit(closed: boolean): void {
    const read = bench.storage.read
    const wallMs = agenda.now() + skew.ms
    const waiting = now.till?.sale.handlers.parked(undefined, { screen: 'till' }) as readonly {
      receiptId: string
    }[]
    const reachable = new Set([now.till?.sale.active()?.id ?? '', ...waiting.map((one) => one.receiptId)])
    if (now.till?.desk.disk.full === true) fail('nothing is stuck', 'the till still holds its disk for full')
    audit({ read, book, watch, lives, reachable, nowMs: agenda.now(), wallMs, closed, fail })
  }

  mutant.begin?.(bench.storage)
  powerOn()
  agenda.at(startMs + 300, work)
  agenda.at(startMs + 250, look)
  if (random.chance(0.3)) agenda.at(startMs + random.between(1000, stormMs), closeAndOpen)
  letBuyersCome({
    agenda,
    book,
    random: random.fork('buyer'),
    seqrId,
    untilMs: calmFromMs,
    note: noteOf('buyer'),
  })

  await agenda.runUntil(calmFromMs)
  misfortune.clear()
  powerOn()
  await agenda.runUntil(calmFromMs + calmMs)
  const before = stuck()
  await agenda.runUntil(agenda.now() + 3000)
  for (const one of stuck()) if (before.includes(one)) fail('nothing is stuck', one)
  finalAudit(false)
  if (now.till !== null) cashier.close(now.till)
  await agenda.runUntil(agenda.now() + closingMs)
  for (
    let waited = 0;
    waited < longestOutboxMs && nextOutboxAtMs(bench.storage.read) !== null;
    waited += 60_000
  )
    await agenda.runUntil(agenda.now() + 60_000)
  finalAudit(true)
  countEnds()
  return { seed, failures, counts, trace: lines, virtualMs: agenda.now() - startMs }

  function countEnds(): void {
    const rows = bench.storage.read.all<{ mode: string; stage: string; settled: number }>(
      'SELECT mode, stage_name AS stage, settled_by_hand IS NOT NULL AS settled FROM payment',
    )
    for (const { mode, stage, settled } of rows) {
      count(`${mode === 'immediate' ? 'payment' : 'reservation'} ${stage}`)
      if (settled === 1) count('settled by hand')
    }
    for (const payment of book.view().payments)
      count(payment.reversedAtMs === null ? 'service paid' : 'service reversed')
    const sql = "SELECT count(*) AS done FROM receipt WHERE state = 'completed'"
    const receipts = bench.storage.read.one<{ done: number }>(sql)?.done ?? 0
    counts.set('receipts', receipts)
  }
}

function terminalAt(book: ReturnType<typeof createSeqrBook>) {
  const password = 'till-password'
  const context = {
    initiatorPrincipalId: { type: 'RESELLERUSER', id: reseller.resellerId, userId: reseller.userId },
    password: reseller.password,
  }
  const { terminalId = '' } = book.registerTerminal({
    context,
    externalTerminalId: '1',
    password,
    name: 'Till 1',
  })
  book.assignSeqrId({
    context: { initiatorPrincipalId: { type: 'TERMINALID', id: terminalId }, password },
    seqrId,
  })
  return { terminalId, password }
}

function logOf(note: (text: () => string) => void) {
  const say = (fields: object, message: string) => note(() => `${message} ${JSON.stringify(fields)}`)
  return { info: say, warn: say, error: say }
}
