/**
 * `npm run demo`: the main job in the terminal. Registers the till, assigns the SEQR ID, sells, takes a SEQR payment,
 * prints, and shows the receipt. With KASSA_SEQR_URL set the buyer is outside and is waited for.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PaymentView, SaleView } from '../app/contract/views.ts'
import { formatAmount } from '../app/domain/numerals.ts'
import { terminalLines } from '../app/domain/printed-paper.ts'
import { en } from '../app/words/en.ts'
import { troubleSentence, type Trouble } from '../app/words/sentences.ts'
import { openLog } from './log.ts'
import type { Register } from './register/register-parts.ts'
import { settingsFromEnvironment } from './settings-from-environment.ts'
import type { EnvironmentSettings } from './settings-from-environment.ts'
import { programAround, startProblem } from './shell.ts'
import { openTill } from './start-up.ts'
import { openKeyFileVault } from './vault/key-file-vault.ts'

const say = (line = '') => console.log(line)
const from = { screen: 'till' } as const

/** The practice till's administrator, and the one that the demo makes on a till that has none. */
const administratorPin = '1234'
const practiceSeqrId = '004610027501'
const waitForBuyerMs = 10 * 60_000
const sendMs = 5000

/** Ends the demo with a sentence for whoever started it. */
class DemoStopped extends Error {}

async function demo(): Promise<void> {
  const read = settingsFromEnvironment(process.env, { platform: process.platform, homeDir: os.homedir() })
  if (!read.ok) throw new DemoStopped(read.problems.join('\n'))
  // A folder of its own unless one is named: the demo never writes into a shop's books by accident.
  const own = process.env['KASSA_DATA_DIR'] === undefined
  const dataDir = own ? mkdtempSync(path.join(os.tmpdir(), 'kassa-demo-')) : read.settings.dataDir
  try {
    await runIn({ ...read.settings, dataDir }, own)
  } finally {
    if (own) rmSync(dataDir, { recursive: true, force: true })
  }
}

/** A passing till has a folder that is gone after the demo. */
async function runIn(settings: EnvironmentSettings, isPassing: boolean): Promise<void> {
  const { dataDir } = settings
  const { resourcesDir, version } = programAround(import.meta.dirname)
  const log = openLog({ dir: path.join(dataDir, 'logs'), level: settings.log })
  if (settings.seqr.password !== undefined) log.hide(settings.seqr.password)
  const vault = openKeyFileVault(path.join(dataDir, 'vault.key'))
  const register = await openTill({ dataDir, resourcesDir, settings, vault, log, version, shell: 'kiosk' })
  try {
    await register.start()
    await staff(register)
    await connect(register)
    const sale = await sell(register)
    const paid = await takePayment(register, sale)
    await showReceipt(register, paid)
    await untilAllSent(register)
  } finally {
    if (isPassing) await giveTheStickerBack(register)
    await register.stop()
  }
}

/** Somebody signed in, a shift open, administration unlocked. */
async function staff({ handlers }: Register): Promise<void> {
  const till = await handlers.till.current(undefined, from)
  if (till.needsFirstAdministrator) {
    const first = { name: 'Demo', pin: administratorPin }
    must('Setting the first administrator', await handlers.session.setFirstAdministrator(first, from))
  } else if (till.user === null) {
    const [user] = await handlers.session.users(undefined, from)
    must('Signing in', await handlers.session.signIn({ userId: user?.id ?? '', pin: administratorPin }, from))
  }
  must('Unlocking administration', await handlers.session.unlock({ pin: administratorPin }, from))
  if (till.shift === null) must('Opening a shift', await handlers.shift.open({ floatMinor: 0 }, from))
}

/** Register SEQR terminal and SEQR ID registration, unless this data folder has them already. */
async function connect({ handlers }: Register): Promise<void> {
  const { seqr } = await handlers.till.current(undefined, from)
  if (seqr.terminal === null) {
    const { resellerId, userId, name, externalId } = await handlers.terminal.suggestion(undefined, from)
    const account = { resellerId, userId, password: '', name, externalId }
    must('Register SEQR terminal', await handlers.terminal.register(account, from))
  }
  say('1. The till is registered as a SEQR terminal.')
  const text = process.env['KASSA_SEQR_ID'] ?? practiceSeqrId
  if (seqr.seqrId === null) must('SEQR ID registration', await handlers.terminal.assign({ text }, from))
  say(`2. The sticker ${seqr.seqrId ?? text} is assigned to it.`)
}

async function sell({ handlers }: Register): Promise<SaleView> {
  const articles = await handlers.article.search({ text: 'ka' }, from)
  for (const article of articles
    .filter((one) => one.priceMinor !== null && one.unitDecimals === 0)
    .slice(0, 2))
    must('Adding a row', await handlers.sale.addArticle({ articleId: article.id }, from))
  if (articles.length === 0) {
    const row = { name: 'Coffee', priceMinor: 2500, vatBasisPoints: 1200, articleId: null }
    must('Adding a row', await handlers.sale.addOpenRow(row, from))
  }
  const sale = await handlers.sale.current(undefined, from)
  say(`3. ${sale.receipt?.rows.length ?? 0} rows rung up.`)
  return sale
}

/** Pays what is left by SEQR; resolves only when the service says that it is paid. */
async function takePayment({ handlers }: Register, sale: SaleView): Promise<PaymentView> {
  const till = await handlers.till.current(undefined, from)
  const { receipt } = sale
  if (receipt === null) throw new DemoStopped('There is no receipt to pay.')
  const request = { receiptId: receipt.id, amountMinor: receipt.leftToPayMinor }
  must('Pay', await handlers.payment.start(request, from))
  say(
    `4. ${formatAmount(request.amountMinor, till.currency, en.numerals)} ${till.currency} asked for by SEQR.`,
  )
  const phone = till.sandboxLinks?.phone ?? null
  for (
    const state = { told: false, until: Date.now() + waitForBuyerMs };
    Date.now() < state.until;
    await sleep(200)
  ) {
    const { current } = await handlers.payment.current(undefined, from)
    if (current === null) throw new DemoStopped('The payment has gone.')
    if (current.invoiceReference !== null && !state.told) {
      state.told = true
      say(`   invoiceReference ${current.invoiceReference}`)
      if (phone === null) say(`   Waiting for the buyer to scan ${current.seqrId} and confirm.`)
      else await practiceBuyer(phone, current.seqrId)
    }
    if (current.phase === 'paid') return current
    if (['canceled', 'failed', 'refused', 'notSent'].includes(current.phase))
      throw new DemoStopped(
        `The payment ended as ${current.phase} ${current.refusal?.description ?? ''}`.trim(),
      )
  }
  throw new DemoStopped('Nobody paid in time.')
}

/** The practice phone scans the sticker and confirms. */
async function practiceBuyer(phoneUrl: string, seqrId: string): Promise<void> {
  const post = async (step: string, body: object) => {
    const response = await fetch(new URL(`/phone/${step}`, phoneUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new DemoStopped(`The practice phone could not ${step}.`)
    return (await response.json()) as { invoice?: { invoiceReference: string } }
  }
  const { invoice } = await post('scan', { text: seqrId })
  await post('confirm', { invoiceReference: invoice?.invoiceReference ?? '', pin: '1111' })
  say('   The practice phone scanned the sticker and confirmed.')
}

async function showReceipt({ handlers }: Register, paid: PaymentView): Promise<void> {
  say(`5. Paid. ersReference ${paid.ersReference ?? ''}`)
  const jobs = await handlers.paper.recent(undefined, from)
  const shown = await handlers.paper.show({ jobId: jobs[0]?.id ?? '' }, from)
  if (shown === null) throw new DemoStopped('No receipt was printed.')
  say()
  for (const line of terminalLines(shown.paper)) say(`   | ${line.padEnd(shown.paper.columns)} |`)
}

/** What is sent after the sale, such as the receipt, has had its time to reach the service. */
async function untilAllSent({ handlers }: Register): Promise<void> {
  for (const until = Date.now() + sendMs; Date.now() < until; await sleep(100)) {
    const { outbox } = await handlers.till.current(undefined, from)
    if (outbox.waiting === 0) return
  }
}

/** Nothing is kept of this terminal, so the service need not keep it either, and the sticker is free again. */
async function giveTheStickerBack({ handlers }: Register): Promise<void> {
  await handlers.terminal.unregister(undefined, from)
}

function must(what: string, answer: { readonly ok: true } | (Trouble & { readonly ok: false })): void {
  if (answer.ok) return
  const { says, next } = troubleSentence(en, answer)
  throw new DemoStopped(`${what}: ${says} ${next ?? ''}`.trim())
}

await demo().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof DemoStopped ? error.message : startProblem(error))
    process.exit(1)
  },
)
