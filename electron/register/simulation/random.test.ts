import { expect, test } from 'vitest'
import { createAgenda } from './agenda.ts'
import { randomOf } from './random.ts'

test('the same seed and name give the same numbers, and streams do not move each other', () => {
  const one = randomOf('7')
  const other = randomOf('7')
  other.fork('buyer').next()
  expect(Array.from({ length: 5 }, () => one.between(1, 100))).toEqual(
    Array.from({ length: 5 }, () => other.between(1, 100)),
  )
  expect(randomOf('7').fork('buyer').next()).not.toBe(randomOf('7').fork('cashier').next())
})

test('numbers spread over their range, and weights are kept', () => {
  const random = randomOf('spread')
  const drawn = Array.from({ length: 6000 }, () => random.between(1, 6))
  for (const side of [1, 2, 3, 4, 5, 6]) {
    const share = drawn.filter((one) => one === side).length
    expect(share).toBeGreaterThan(850)
    expect(share).toBeLessThan(1150)
  }
  const often = Array.from({ length: 1000 }, () => random.weighted({ often: 9, seldom: 1, never: 0 }))
  expect(often.filter((one) => one === 'often').length).toBeGreaterThan(850)
  expect(often).not.toContain('never')
})

test('what is on the agenda happens in order of time, then in the order it was put there', async () => {
  const agenda = createAgenda(0)
  const happened: string[] = []
  const say = (what: string) => () => void happened.push(`${agenda.now()} ${what}`)
  agenda.at(30, say('late'))
  agenda.at(10, say('first'))
  agenda.at(10, say('second'))
  agenda.at(20, say('never')).cancel()
  agenda.at(10, () => void Promise.resolve().then(() => agenda.at(15, say('put there by a promise'))))
  await agenda.runUntil(30)
  expect(happened).toEqual(['10 first', '10 second', '15 put there by a promise', '30 late'])
  await agenda.runUntil(100)
  expect(agenda.now()).toBe(100)
})
