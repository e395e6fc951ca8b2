import { randomInt } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Currency } from '../../../app/domain/money.ts'
import { sevenConnectBook } from './book.ts'
import type { DemoSlip, Merchant, Slip, Store } from './book-types.ts'
import { demoAccounts, demoDescriptions, demoStore } from './demo-data.ts'
import { faultBox } from './faults.ts'
import { keepState, readState } from './kept-state.ts'
import { merchantCaller, merchantLimitMs } from './merchant-caller.ts'
import { serverRoutes } from './routes.ts'
import { sandboxClock, type SandboxClock } from './sandbox-clock.ts'
import { startSampleMerchant } from './sample-merchant.ts'

export type SevenConnectSettings = {
  /** 0: any free one. */
  readonly port?: number
  readonly clock?: SandboxClock
  /** A JSON file that slips and answers are kept in, so that they outlive the server. */
  readonly persistTo?: string
  readonly log?: (message: string, about: Readonly<Record<string, unknown>>) => void
  /** Merchants with services of their own, beside the demo accounts. */
  readonly merchants?: readonly Merchant[]
  readonly stores?: readonly Store[]
  /** Tests of silence shorten the 20 seconds. */
  readonly merchantLimitMs?: number
  readonly zone?: string
  /** What the demo merchants take; PHP unless told. */
  readonly currency?: Currency
}

export type SevenConnectSandbox = Awaited<ReturnType<typeof startSevenConnectSandbox>>

/** A 7-CONNECT server with demo merchants and their service, on this machine only. */
export async function startSevenConnectSandbox(settings: SevenConnectSettings = {}) {
  const { clock = sandboxClock(), log = () => {}, zone = 'Asia/Manila', persistTo } = settings
  const { currency = 'PHP' } = settings
  const sampleMerchant = await startSampleMerchant(demoAccounts)
  const endpointOf = sampleMerchant.endpointOf
  const demoMerchants = demoAccounts.map((each) => ({
    ...each,
    currency,
    endpoint: endpointOf(each.merchantID),
  }))
  const faults = faultBox()
  const alarm: { timer?: NodeJS.Timeout } = {}
  const kept = persistTo === undefined ? undefined : readState(persistTo)
  const book = sevenConnectBook({
    merchants: [...demoMerchants, ...(settings.merchants ?? [])],
    stores: [demoStore, ...(settings.stores ?? [])],
    now: clock.now,
    callMerchant: merchantCaller(settings.merchantLimitMs ?? merchantLimitMs),
    freshPayID: () => String(randomInt(100_000_000_000, 1_000_000_000_000)),
    ...(kept === undefined ? {} : { state: kept }),
    save(state) {
      if (persistTo !== undefined) keepState(persistTo, state)
      setAlarm()
    },
  })

  /** One timer, for the CONFIRM whose repeat comes first. */
  function setAlarm() {
    clearTimeout(alarm.timer)
    const dueAtMs = book.dueAtMs()
    if (dueAtMs === null) return
    alarm.timer = setTimeout(() => void postDue(), Math.max(0, dueAtMs - clock.now()))
    alarm.timer.unref()
  }

  async function postDue(): Promise<void> {
    try {
      await book.postDue()
      setAlarm()
    } catch (error) {
      log('7-CONNECT posting failed', { error: String(error) })
    }
  }

  /** Lets time pass: every repeat that falls due on the way happens at its time. */
  async function advance(ms: number): Promise<void> {
    const untilMs = clock.now() + ms
    for (let dueAtMs = book.dueAtMs(); dueAtMs !== null && dueAtMs <= untilMs; dueAtMs = book.dueAtMs()) {
      clock.turnTo(dueAtMs)
      await book.postDue()
    }
    clock.turnTo(untilMs)
    setAlarm()
  }

  function createDemoSlip(wanted: DemoSlip = {}): Slip {
    const merchant = book.merchant(wanted.merchantID ?? 'testmerchant')
    if (merchant === null) throw new Error(`no merchant ${wanted.merchantID} in the sandbox`)
    const merchantRef = wanted.merchantRef ?? `D${String(randomInt(1_000_000_000)).padStart(9, '0')}`
    return book.create(merchant, {
      merchantRef,
      amountMinor: wanted.amountMinor ?? 125_050,
      description: wanted.description ?? demoDescriptions[merchant.merchantID] ?? '',
      receiptRemarks: wanted.receiptRemarks ?? `${merchant.name}|Ref ${merchantRef}`,
      email: '',
      phone: '',
      payLoad: '',
      returnPaymentDetails: true,
      expiresAtMs: wanted.expiresAtMs ?? null,
    })
  }

  const serve = serverRoutes({
    book,
    faults,
    sampleMerchant,
    zone,
    now: clock.now,
    log,
    advance,
    createDemoSlip,
  })
  const server = http.createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(settings.port ?? 0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  if (kept !== undefined) setAlarm()
  log('7-CONNECT sandbox started', { url })

  return {
    url,
    book,
    faults,
    sampleMerchant,
    advance,
    createDemoSlip,
    demo: { store: demoStore, merchants: demoMerchants },
    async close() {
      clearTimeout(alarm.timer)
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      await sampleMerchant.close()
    },
  }
}
