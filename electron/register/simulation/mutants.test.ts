import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { numbered, runCampaign } from './campaign.ts'
import { mutants } from './mutants.ts'
import { openBench, runSeed } from './world.ts'

/** Each safeguard is missed within so many runs, or it would not be watched. */
const seeds = 1500

test.for(Object.entries(mutants))('it is caught when %s', { timeout: 300_000 }, async ([, mutant]) => {
  const { broken } = await runCampaign({ seeds: numbered(1, seeds), mutant, untilBroken: true })
  const [caught] = broken
  expect(caught?.failures.length).toBeGreaterThan(0)
  const bench = openBench()
  const whole = await runSeed(bench, { seed: caught?.seed ?? '' })
  bench.storage.close()
  expect(whole.failures, 'with the safeguard in place the same seed holds').toEqual([])
})

test('docs/reliability.md names every safeguard that is taken away', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/reliability.md'), 'utf8')
  for (const name of Object.keys(mutants)) expect(page).toContain(`| ${name} |`)
})
