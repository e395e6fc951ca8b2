import { expect, test } from 'vitest'
import { keepWindow } from './window-keeper.ts'

interface Ending {
  readonly crashed: boolean
  readonly atMs: number
  readonly openMoney?: readonly string[]
}

/** Plays windows that end one after the other, as the script says. */
async function play(endings: readonly (Ending | 'noWindow')[]) {
  const told: string[] = []
  const now = { ms: 0, money: [] as readonly string[] }
  const left = [...endings]
  const end = await keepWindow({
    open() {
      const ending = left.shift() ?? 'noWindow'
      if (ending === 'noWindow') return null
      now.ms = ending.atMs
      now.money = ending.openMoney ?? []
      return { closed: Promise.resolve({ crashed: ending.crashed }), close() {}, pageIsGone() {} }
    },
    openMoney: () => now.money,
    tell: (sentence) => told.push(sentence),
    now: () => now.ms,
  })
  return { end, told, left: left.length }
}
const money = ['A SEQR payment of 100.00 is open.']

test('closing the window ends the register', async () => {
  expect(await play([{ crashed: false, atMs: 0 }])).toMatchObject({ end: 'closed', told: [] })
})

test('a window that crashed is opened again', async () => {
  const played = await play([
    { crashed: true, atMs: 0 },
    { crashed: true, atMs: 70_000 },
    { crashed: true, atMs: 140_000 },
    { crashed: false, atMs: 150_000 },
  ])
  expect(played).toMatchObject({ end: 'closed', left: 0 })
})

test('a window that crashes three times in a minute is let go, and the register goes on', async () => {
  const crash = { crashed: true, atMs: 1_000 }
  expect(await play([crash, crash, crash, crash])).toMatchObject({ end: 'gone', left: 1 })
})

test('closing the window while a payment is open brings it back once, with a warning', async () => {
  const close = (atMs: number) => ({ crashed: false, atMs, openMoney: money })
  const played = await play([close(0), close(20_000), close(30_000)])
  expect(played).toMatchObject({ end: 'closed', left: 1 })
  expect(played.told).toEqual([expect.stringContaining('A SEQR payment of 100.00 is open.')])
})

test('a minute later the warning is given again', async () => {
  const close = (atMs: number) => ({ crashed: false, atMs, openMoney: money })
  expect((await play([close(0), close(61_000), close(62_000)])).told).toHaveLength(2)
})

test('without a window the register goes on', async () => {
  expect(await play(['noWindow'])).toMatchObject({ end: 'gone' })
})
