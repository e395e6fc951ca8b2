/**
 * The real till without a window, selling by itself until it is killed: the program of the kill tests.
 * `--finish` takes up what a killed one left, ends it, and stops in good order.
 */
import { randomInt } from 'node:crypto'
import { flushCompileCache } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Caller } from '../../../app/contract/define.ts'
import type { PaymentsView, ReceiptView } from '../../../app/contract/views.ts'
import { openLog } from '../../log.ts'
import { settingsFromEnvironment } from '../../settings-from-environment.ts'
import { programAround } from '../../shell.ts'
import { openTill } from '../../start-up.ts'
import { openKeyFileVault } from '../../vault/key-file-vault.ts'
import type { Register } from '../register-parts.ts'

const from: Caller = { screen: 'till' }
const pin = '1234'
const glanceMs = 15
const longestFinishMs = 90_000

type Handlers = Register['handlers']

async function open(): Promise<Register> {
  const read = settingsFromEnvironment(process.env, { platform: process.platform, homeDir: os.homedir() })
  if (!read.ok) throw new Error(read.problems.join('\n'))
  const { settings } = read
  const { resourcesDir, version } = programAround(import.meta.dirname)
  const log = openLog({ dir: path.join(settings.dataDir, 'logs'), level: settings.log })
  const vault = openKeyFileVault(path.join(settings.dataDir, 'vault.key'))
  const dataDir = settings.dataDir
  return openTill({ dataDir, resourcesDir, settings, vault, log, version, shell: 'kiosk' })
}

/** Somebody signed in, a shift open, the terminal registered: whatever a killed start has not come to yet. */
async function makeReady(ask: Handlers): Promise<void> {
  const till = await ask.till.current(undefined, from)
  if (till.needsFirstAdministrator) await ask.session.setFirstAdministrator({ name: 'Alva', pin }, from)
  else {
    const [user] = await ask.session.users(undefined, from)
    await ask.session.signIn({ userId: user?.id ?? '', pin }, from)
  }
  if (till.shift === null) await ask.shift.open({ floatMinor: 0 }, from)
  if (till.seqr.terminal !== null && till.seqr.seqrId !== null) return
  await ask.session.unlock({ pin }, from)
  const { resellerId, userId, name, externalId } = await ask.terminal.suggestion(undefined, from)
  if (till.seqr.terminal === null)
    await ask.terminal.register({ resellerId, userId, password: '', name, externalId }, from)
  const text = process.env['KILL_TEST_SEQR_ID'] ?? ''
  await ask.terminal.assign({ text }, from)
}

/** One look at the till and one press, as a hurried cashier would. */
async function step(ask: Handlers, finishing: boolean): Promise<'idle' | 'busy'> {
  const payments = await ask.payment.current(undefined, from)
  const { current, open } = payments
  if (current !== null && (!open.some((one) => one.id === current.id) || current.phase === 'reserved'))
    await ask.payment.dismiss({ paymentId: current.id }, from)
  const going = open.find((one) => one.phase !== 'reserved')
  if (going !== undefined) {
    if (going.canCancel && (finishing || randomInt(150) === 0))
      await ask.payment.cancel({ paymentId: going.id }, from)
    return 'busy'
  }
  if ((await lookAtSlips(ask, finishing)) === 'busy') return 'busy'
  const { receipt } = await ask.sale.current(undefined, from)
  if (receipt !== null) return pay(ask, receipt, payments, finishing)
  const [parked] = await ask.sale.parked(undefined, from)
  if (parked !== undefined) await ask.sale.resume({ receiptId: parked.receiptId }, from)
  else if (finishing) return release(ask, payments)
  else await ringUp(ask)
  return 'busy'
}

async function release(ask: Handlers, { reservations }: PaymentsView): Promise<'idle' | 'busy'> {
  for (const one of reservations) await ask.payment.cancel({ paymentId: one.id }, from)
  return reservations.length === 0 ? 'idle' : 'busy'
}

/** Takes up the slip that was scanned, and sees at the end that none is left without its merchant's word. */
async function lookAtSlips(ask: Handlers, finishing: boolean): Promise<'idle' | 'busy'> {
  const { current, waiting, work } = await ask.slip.current(undefined, from)
  if (current?.phase === 'verifying') return 'busy'
  if (current?.phase === 'verified' && current.onReceipt === 'none')
    await ask.slip.add({ slipId: current.id }, from)
  else if (current !== null) await ask.slip.leave(undefined, from)
  if (work.length > 0) throw new Error('A slip waits for a person')
  if (!finishing || waiting.length === 0) return 'idle'
  for (const { id, nextAtMs } of waiting)
    if ((nextAtMs ?? 0) > Date.now()) await ask.slip.sendAgain({ slipId: id }, from)
  return 'busy'
}

/** A customer brings a slip. The 7-CONNECT server makes it, as a web shop would have it made. */
async function scanSlip(ask: Handlers): Promise<void> {
  const response = await fetch(`${process.env['KASSA_SLIPS_URL'] ?? ''}/control/slips`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ merchantID: 'testmerchant', amount: `${randomInt(1, 900)}.00` }),
  })
  const { payID } = (await response.json()) as { payID: string }
  await ask.slip.begin({ text: payID }, from)
}

async function ringUp(ask: Handlers): Promise<void> {
  if (randomInt(2) === 0) await scanSlip(ask)
  if (randomInt(3) === 0) return
  const row = { name: 'Goods', priceMinor: randomInt(100, 50_000), vatBasisPoints: 1200, articleId: null }
  await ask.sale.addOpenRow(row, from)
  if (randomInt(4) === 0)
    await ask.reservation.start({ label: 'Table 1', amountMinor: randomInt(1000, 90_000), minutes: 10 }, from)
}

async function pay(
  ask: Handlers,
  { id: receiptId, leftToPayMinor: left, leftWithoutCashMinor: goodsLeft }: ReceiptView,
  { reservations }: PaymentsView,
  finishing: boolean,
): Promise<'busy'> {
  const rested = reservations.find((one) => one.phase === 'reserved')
  if (left <= 0) await ask.sale.giveBack({ receiptId }, from)
  else if (finishing || goodsLeft <= 0 || randomInt(goodsLeft < left ? 3 : 10) === 0)
    await ask.sale.payCash({ receiptId, givenMinor: Math.ceil(left / 10_000) * 10_000 }, from)
  else if (rested !== undefined)
    await ask.reservation.complete(
      { paymentId: rested.id, receiptId, amountMinor: Math.min(goodsLeft, rested.amountMinor) },
      from,
    )
  else {
    const amounts = [goodsLeft, goodsLeft, Math.max(1, Math.floor(goodsLeft / 3)), goodsLeft + 5000]
    await ask.payment.start({ receiptId, amountMinor: amounts[randomInt(amounts.length)] ?? left }, from)
  }
  return 'busy'
}

// Whoever started it is gone: nobody is left to kill it.
process.stdin.on('end', () => process.exit(3)).resume()
// A killed process writes no cache at its end.
flushCompileCache()
const finishing = process.argv.includes('--finish')
const register = await open()
await register.start()
await makeReady(register.handlers)
console.log('ready')
for (const until = Date.now() + longestFinishMs; ; await sleep(glanceMs)) {
  const did = await step(register.handlers, finishing)
  if (finishing && did === 'idle') break
  if (finishing && Date.now() > until) throw new Error('Something stayed open')
}
await register.stop()
process.exit(0)
