/** The desktop program as it is built, on a played Electron: everything but the window itself is real. */
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from './till.ts'

const here = (file: string) => path.resolve(import.meta.dirname, file)

interface Program {
  ask(question: object): Promise<unknown>
  /** Asks until the window is open. */
  untilOpen(): Promise<void>
  readonly ended: Promise<number | null>
  end(signal?: NodeJS.Signals): Promise<number | null>
}

function start(dataDir: string): Program {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', here('played-electron.ts'), here('../out/main/main.js')],
    {
      env: { ...process.env, KASSA_DATA_DIR: dataDir, KASSA_SEQR_URL: '' },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const waiting: ((answer: unknown) => void)[] = []
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(JSON.parse(line)))
  const write = (line: object) => void child.stdin?.write(`${JSON.stringify(line)}\n`)
  const ask = (question: object) =>
    new Promise<unknown>((resolve) => {
      waiting.push(resolve)
      write(question)
    })
  return {
    ask,
    ended,
    untilOpen: () =>
      expect.poll(() => ask({ ask: 'till.current' }), { timeout: 30_000 }).toMatchObject({ ok: true }),
    end(signal) {
      if (signal === undefined) write({ quit: true })
      else child.kill(signal)
      return ended
    },
  }
}

test('the desktop program starts, serves its page, sells, ends in order, and knows its sale afterwards', async ({
  dataDir,
}) => {
  const first = start(dataDir)
  await first.untilOpen()
  const page = (await first.ask({ page: 'kassa://till/' })) as { status: number; policy: string }
  expect(page.status).toBe(200)
  expect(page.policy).toContain("script-src 'self'")
  expect(await first.ask({ ask: 'program.about' })).toMatchObject({ answer: { shell: 'electron' } })
  expect(await first.ask({ ask: 'program.update' })).toMatchObject({ answer: { state: 'off' } })
  const found = (await first.ask({ ask: 'article.search', input: { text: 'Kanelbulle' } })) as {
    answer: { id: string }[]
  }
  await first.ask({ ask: 'sale.addArticle', input: { articleId: found.answer[0]?.id } })
  const sale = (await first.ask({ ask: 'sale.current' })) as {
    answer: { receipt: { id: string; leftInCashMinor: number } }
  }
  const { id, leftInCashMinor } = sale.answer.receipt
  const paid = await first.ask({ ask: 'sale.payCash', input: { receiptId: id, givenMinor: leftInCashMinor } })
  expect(paid).toMatchObject({ answer: { ok: true } })
  expect(await first.end()).toBe(0)

  const second = start(dataDir)
  await second.untilOpen()
  expect(await second.ask({ ask: 'upkeep.current' })).toMatchObject({ answer: { lastReceiptNumber: 1 } })
  expect(await second.end()).toBe(0)
})

test('a second start on the same data ends at once, and a killed one is no hindrance', async ({
  dataDir,
}) => {
  const first = start(dataDir)
  await first.untilOpen()
  expect(await start(dataDir).ended).toBe(1)
  expect(await first.ask({ ask: 'till.current' })).toMatchObject({ ok: true })
  await first.end('SIGKILL')
  const next = start(dataDir)
  await next.untilOpen()
  expect(await next.end()).toBe(0)
})
