/**
 * From a cashier's press to the painted row, against a bare page that appends a line; and from the service's PAID to
 * the screen and to the printer. In the built kiosk shell and a real browser: `npm run build` first.
 */
import { existsSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { RegisterScreen, practiceSticker } from '../e2e/screens/register-screen.ts'
import { startTill } from '../e2e/till.ts'
import { findChromium, isProgram } from '../electron/kiosk/chromium.ts'
import { median, quantile } from './measure.ts'

const program = path.resolve(import.meta.dirname, '../out/main/kiosk.js')
const samples = 60
const payments = 5

export async function screen(folder: string): Promise<void> {
  console.log('\nScreen')
  const browserProgram = findChromium({ platform: process.platform, variables: process.env, isProgram })
  if (browserProgram === null || !existsSync(program))
    return console.log('  not measured: it needs Chromium, and `npm run build` first')
  const printer = await printerStub()
  const till = await startTill({
    dataDir: path.join(folder, 'screen'),
    environment: { KASSA_PRINTER: `tcp://127.0.0.1:${printer.port}` },
  })
  const browser = await chromium.launch({ executablePath: browserProgram })
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    const bare = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    const register = await RegisterScreen.open(page, till.address)
    await register.prepareSeqr()
    await rows(page, bare)
    await paid(register, printer)
  } finally {
    await browser.close()
    await till.stop()
    printer.close()
  }
}

async function rows(page: Page, bare: Page): Promise<void> {
  console.log('  target: a press to the painted row within one frame (16.7 ms) of the bare page')
  await bare.setContent('<div role="listbox"><button role="option">add</button></div><ul class="rows"></ul>')
  await bare.evaluate(() => {
    document.querySelector('button')?.addEventListener('click', () => {
      document.querySelector('.rows')?.append(document.createElement('li'))
    })
  })
  await timesOf(page, 10)
  for (const before of [10, 210]) {
    await addUntil(page, before)
    await page.bringToFront()
    const ours = await timesOf(page, samples)
    await bare.bringToFront()
    const floor = await timesOf(bare, samples)
    const more = median(ours) - median(floor)
    console.log(
      `  a row more after ${String(before).padStart(3)} rows: bare ${ms(median(floor))}, till ${ms(median(ours))} ` +
        `(p95 ${ms(quantile(ours, 0.95))}): ${ms(more)} or ${(more / 16.7).toFixed(1)} frames more`,
    )
  }
  await page.bringToFront()
}

async function addUntil(page: Page, count: number): Promise<void> {
  const shown = await page.locator('.rows li').count()
  if (shown < count) await timesOf(page, count - shown)
}

/** Milliseconds from each press on a thing to choose until a frame with one more line is painted. */
function timesOf(page: Page, times: number): Promise<number[]> {
  return page.evaluate(async (wanted) => {
    const measured: number[] = []
    // By turns: the same article twice in a row is one row of two.
    const buttons = [...document.querySelectorAll<HTMLElement>('[role="option"]:not(.rows *)')].slice(0, 2)
    const lines = () => document.querySelectorAll('.rows li').length
    while (measured.length < wanted) {
      const before = lines()
      const painted = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (lines() === before) return
          observer.disconnect()
          // The frame is painted when the task after its animation callbacks runs.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel()
            port1.addEventListener('message', () => resolve())
            port1.start()
            port2.postMessage(null)
          })
        })
        observer.observe(document.body, { subtree: true, childList: true })
      })
      const startedAt = performance.now()
      buttons[measured.length % buttons.length]?.click()
      await painted
      measured.push(performance.now() - startedAt)
    }
    return measured
  }, times)
}

async function paid(register: RegisterScreen, printer: Printer): Promise<void> {
  const { page } = register
  const phone = new URL((await page.getByRole('link', { name: /practice phone/ }).getAttribute('href')) ?? '')
  const post = async (step: string, data: object) =>
    (await page.request.post(`${phone.origin}${step}`, { data })).json()
  const toScreen: number[] = []
  const toPrinter: number[] = []
  for (let payment = 0; payment < payments; payment++) {
    if (payment > 0) await register.add('Bryggkaffe')
    const seen = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const observer = new MutationObserver(() => {
            if (![...document.querySelectorAll('h3, h2')].some((each) => each.textContent === 'Paid')) return
            observer.disconnect()
            requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()))
          })
          observer.observe(document.body, { subtree: true, childList: true, characterData: true })
        }),
    )
    await register.startSeqr()
    printer.expectByte()
    const { invoice } = (await post('/phone/scan', { text: practiceSticker })) as Scanned
    await post('/phone/confirm', { invoiceReference: invoice.invoiceReference, pin: '1111' })
    const shownAtMs = await seen
    const printedAtMs = await printer.firstByteAtMs()
    const state = (await (await page.request.get(`${phone.origin}/control/state`)).json()) as ControlState
    const learntAtMs = state.invoices.find(
      ({ invoiceReference }) => invoiceReference === invoice.invoiceReference,
    )?.payment?.learntAtMs
    if (learntAtMs === undefined || learntAtMs === null)
      throw new Error('the service does not know the payment')
    toScreen.push(shownAtMs - learntAtMs)
    toPrinter.push(printedAtMs - learntAtMs)
    await register.nextCustomer()
  }
  console.log(
    '  target: PAID on the screen within 200 ms, the first byte at the printer within 300 ms of that',
  )
  console.log(
    `  the service says PAID -> the screen: ${ms(median(toScreen))} (worst ${ms(Math.max(...toScreen))})`,
  )
  console.log(
    `  the service says PAID -> the printer: ${ms(median(toPrinter))} (worst ${ms(Math.max(...toPrinter))})`,
  )
}

interface Scanned {
  readonly invoice: { readonly invoiceReference: string }
}

interface ControlState {
  readonly invoices: readonly {
    readonly invoiceReference: string
    readonly payment?: { readonly learntAtMs: number | null }
  }[]
}

type Printer = Awaited<ReturnType<typeof printerStub>>

/** A network printer that answers every status question with "well", and notes when paper begins to come. */
async function printerStub() {
  let expected: PromiseWithResolvers<number> = Promise.withResolvers()
  const server = net.createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      const asked = bytes.toString('latin1')
      const inTurn = asked.includes('\x1dr\x01')
      const isStatus =
        bytes.every((byte, place) => place % 3 !== 0 || byte === 0x10) && bytes.length % 3 === 0
      if (isStatus) socket.write(Buffer.alloc(bytes.length / 3, 0x12))
      else if (bytes.length > 5) expected.resolve(Date.now())
      if (inTurn) socket.write(Buffer.from([0x00]))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    expectByte() {
      expected = Promise.withResolvers()
    },
    firstByteAtMs: () => expected.promise,
    close: () => server.close(),
  }
}

const ms = (value: number) => `${value.toFixed(1)} ms`
