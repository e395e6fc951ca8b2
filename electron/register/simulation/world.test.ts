import { expect, test } from 'vitest'
import { story } from './campaign.ts'
import { mutants } from './mutants.ts'
import { openBench, runSeed } from './world.ts'

test('the same seed gives the same run, step by step, whatever ran before it', async () => {
  const bench = openBench()
  const first = await runSeed(bench, { seed: '122', trace: true })
  await runSeed(bench, { seed: '123' })
  const again = await runSeed(bench, { seed: '122', trace: true })
  bench.storage.close()
  const other = openBench()
  const elsewhere = await runSeed(other, { seed: '122', trace: true })
  other.storage.close()
  expect(first.trace.length).toBeGreaterThan(50)
  expect(again.trace).toEqual(first.trace)
  expect(elsewhere.trace).toEqual(first.trace)
})

test('a run without its trace is the same run', async () => {
  const bench = openBench()
  const mutant = mutants['a send without an answer counts as not sent']
  for (const seed of ['3', '8', '12']) {
    const traced = await runSeed(bench, { seed, trace: true, mutant })
    const plain = await runSeed(bench, { seed, mutant })
    expect(plain.failures).toEqual(traced.failures)
    expect(plain.counts).toEqual(traced.counts)
  }
  bench.storage.close()
})

test('a broken run tells its seed, the rule, the steps before it, and how to see it again', async () => {
  const bench = openBench()
  const mutant = mutants['a restarted till does not take its payments up']
  const outcome = await runSeed(bench, { seed: '3', trace: true, mutant })
  bench.storage.close()
  const told = story(outcome)
  expect(told).toContain('Seed 3 broke')
  expect(told).toContain('asked at once after a start')
  expect(told).toContain('the power goes')
  expect(told).toContain('npm run simulate -- --seed 3 --trace')
})
