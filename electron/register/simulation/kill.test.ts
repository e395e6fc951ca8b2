import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { sandboxReseller, startSeqrSandbox } from '../../sandbox/seqr/seqr-server.ts'
import type { SeqrBook } from '../../sandbox/seqr/seqr-book.ts'
import { type SevenConnectSandbox, startSevenConnectSandbox } from '../../sandbox/seven-connect/start.ts'
import { type SlipStage, holdsCash } from '../../../app/domain/slip.ts'
import { openStorage } from '../../storage/open.ts'
import { openPayments } from '../../storage/payments.ts'
import { recentSlips } from '../../storage/slips.ts'
import { compareLedgers } from './ledger.ts'

const tills = 3
const killsEach = 17
const program = path.join(import.meta.dirname, 'killed-till.ts')
const wsdl = readFileSync(path.resolve(import.meta.dirname, '../../../resources/seqr.wsdl'), 'utf8')
const seqrId = '004610027501'

/** What one start has compiled serves the next: fifty starts would otherwise be fifty compilations. */
const compiled = mkdtempSync(path.join(os.tmpdir(), 'kassa-compiled-'))
afterAll(() => rmSync(compiled, { recursive: true, force: true, maxRetries: 5 }))

/** Somebody scans the sticker and confirms whatever is offered, within moments. */
function letBuyersPay(book: SeqrBook): () => void {
  const timer = setInterval(() => {
    const found = book.scan(seqrId)
    if (found.found !== 'invoice' || found.invoice.stage !== 'confirm' || randomInt(12) > 0) return
    const { invoiceReference } = found.invoice
    if (randomInt(12) === 0) book.decline(invoiceReference)
    else book.confirm(invoiceReference, '1234')
  }, 20)
  return () => clearInterval(timer)
}

interface Services {
  readonly seqrUrl: string
  readonly slips: SevenConnectSandbox
}

function startTill(
  dataDir: string,
  { seqrUrl, slips }: Services,
  args: readonly string[] = [],
): ChildProcess {
  const { resellerId, userId, password } = sandboxReseller
  return spawn(process.execPath, [program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_COMPILE_CACHE: compiled,
      KASSA_DATA_DIR: dataDir,
      KASSA_SEQR_URL: seqrUrl,
      KASSA_SEQR_RESELLER: resellerId,
      KASSA_SEQR_USER: userId,
      KASSA_SEQR_PASSWORD: password,
      KASSA_SLIPS_URL: slips.url,
      KASSA_SLIPS_STORE: slips.demo.store.storeID,
      KASSA_SLIPS_KEY: slips.demo.store.storeKey,
      KASSA_LOG: 'warn',
      KILL_TEST_SEQR_ID: seqrId,
    },
  })
}

/** Kills one till again and again at moments of its work, then lets it finish; what its books and the service say. */
async function killAgainAndAgain(name: string) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), `kassa-kill-${name}-`))
  const struck = { in: 0, strike: () => {} }
  const later = { ms: 0 }
  const count = () => {
    struck.in -= 1
    if (struck.in === 0) struck.strike()
  }
  const sandbox = await startSeqrSandbox({ wsdl, now: () => Date.now() + later.ms, log: count })
  // Counted when the server has done what was asked, and before it answers.
  const slips = await startSevenConnectSandbox({ currency: 'SEK', log: count })
  const services: Services = { seqrUrl: sandbox.url, slips }
  const stopBuyers = letBuyersPay(sandbox.book)
  try {
    for (let kill = 0; kill < killsEach; kill += 1) await killOnce(startTill(dataDir, services), struck)
    const last = startTill(dataDir, services, ['--finish'])
    const said: string[] = []
    last.stderr?.on('data', (part) => said.push(String(part)))
    const [code] = (await once(last, 'exit')) as [number | null]
    // Invoices that the till cannot know of, because the answer was lost with it, are reversed or lapsed by then.
    later.ms = 20 * 60_000
    return { code, said: said.join(''), ...booksOf(dataDir, sandbox.book, slips) }
  } finally {
    stopBuyers()
    await sandbox.close()
    await slips.close()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Some die while they start, some at a random moment of selling, most in the middle of a call to the service. */
async function killOnce(child: ChildProcess, struck: { in: number; strike: () => void }): Promise<void> {
  const exit = once(child, 'exit')
  const kill = () => void child.kill('SIGKILL')
  if (randomInt(8) === 0) await sleep(randomInt(100, 900))
  else {
    await Promise.race([once(child.stdout ?? child, 'data'), exit])
    if (randomInt(3) === 0) await sleep(randomInt(1, 2500))
    else {
      struck.strike = kill
      struck.in = randomInt(1, 7)
      await Promise.race([exit, sleep(6000)])
    }
  }
  kill()
  const [code, signal] = (await exit) as [number | null, string | null]
  if (code !== null && signal === null && process.platform !== 'win32')
    throw new Error(`The till ended by itself: ${code}`)
}

function booksOf(dataDir: string, book: SeqrBook, server: SevenConnectSandbox) {
  const opened = openStorage({ file: path.join(dataDir, 'kassa.sqlite'), now: Date.now })
  if (!opened.ok) throw new Error(opened.detail)
  const faults: string[] = []
  const books = compareLedgers(opened.storage.read, {
    payments: book.view().payments,
    fail: (rule, detail) => faults.push(`${rule}: ${detail}`),
    isOtherAmountTold: () => false,
  })
  const slips = compareSlips(recentSlips<SlipStage>(opened.storage.read, 100_000), server, faults)
  const unfinished = openPayments(opened.storage.read).length
  opened.storage.close()
  const open = book.view().invoices.filter((one) => one.status === 'ISSUED' || one.status === 'RESERVED')
  return {
    faults,
    slips,
    paid: books.booked.length,
    receipts: books.receipts.filter((one) => one.state === 'completed').length,
    leftOpen: open.length + unfinished,
  }
}

/** Cash for a slip is in the till's books exactly when the server has it as paid, and under the same requestID. */
function compareSlips(
  records: readonly { readonly payId: string; readonly stage: SlipStage }[],
  { book, sampleMerchant }: SevenConnectSandbox,
  faults: string[],
): number {
  const taken = records.filter(({ stage }) => holdsCash(stage))
  for (const { payId, stage } of taken)
    if (stage.name !== 'posted') faults.push(`${payId}: its cash is in the drawer and it is ${stage.name}`)
  const paid = book.slips().filter(({ payment }) => payment !== null)
  for (const { payID, payment } of paid) {
    const here = taken.filter(({ payId }) => payId === payID)
    const isSame = here.every(({ stage }) => 'requestID' in stage && stage.requestID === payment?.requestID)
    if (here.length !== 1 || !isSame) faults.push(`${payID}: paid there, and here ${here.length} times`)
  }
  if (taken.length !== paid.length) faults.push(`${taken.length} slips taken here, ${paid.length} paid there`)
  const confirms = sampleMerchant.received.filter(({ type }) => type === 'CONFIRM')
  if (confirms.length !== paid.length) faults.push(`${confirms.length} CONFIRMs for ${paid.length} slips`)
  return taken.length
}

test(
  `${tills * killsEach} kills of the real till lose, double and invent nothing`,
  { timeout: 600_000 },
  async () => {
    const ends = await Promise.all(
      Array.from({ length: tills }, (_, index) => killAgainAndAgain(String(index))),
    )
    for (const end of ends) {
      expect(end.said).toBe('')
      expect(end.code).toBe(0)
      expect(end.faults).toEqual([])
      expect(end.leftOpen).toBe(0)
    }
    expect(ends.reduce((sum, end) => sum + end.paid, 0)).toBeGreaterThan(tills)
    expect(ends.reduce((sum, end) => sum + end.slips, 0)).toBeGreaterThan(tills)
    expect(ends.reduce((sum, end) => sum + end.receipts, 0)).toBeGreaterThan(tills)
  },
)
