/** Many runs, one after the other, and what they come to. */
import type { Mutant } from './mutants.ts'
import type { Bench, Outcome } from './world.ts'
import { openBench, runSeed } from './world.ts'

export interface Campaign {
  readonly seeds: number
  readonly virtualMs: number
  /** What happened in all of them, by name. */
  readonly counts: ReadonlyMap<string, number>
  /** The runs in which a rule was broken, each with its trace. */
  readonly broken: readonly Outcome[]
}

export interface CampaignOptions {
  readonly seeds: Iterable<string>
  readonly mutant?: Mutant
  /** Ends with the first broken run. */
  readonly untilBroken?: boolean
  readonly told?: (outcome: Outcome) => void
}

/** Runs the seeds; a broken one is run again with its trace. */
export async function runCampaign(options: CampaignOptions): Promise<Campaign> {
  const bench = openBench()
  try {
    return await campaignOn(bench, options)
  } finally {
    bench.storage.close()
  }
}

async function campaignOn(
  bench: Bench,
  { seeds, mutant, untilBroken, told }: CampaignOptions,
): Promise<Campaign> {
  const counts = new Map<string, number>()
  const broken: Outcome[] = []
  const sum = { seeds: 0, virtualMs: 0 }
  for (const seed of seeds) {
    const change = mutant === undefined ? {} : { mutant }
    const outcome = await runSeed(bench, { seed, ...change })
    sum.seeds += 1
    sum.virtualMs += outcome.virtualMs
    for (const [what, times] of outcome.counts) counts.set(what, (counts.get(what) ?? 0) + times)
    told?.(outcome)
    if (outcome.failures.length === 0) continue
    broken.push(await runSeed(bench, { seed, trace: true, ...change }))
    if (untilBroken === true) break
  }
  return { ...sum, counts, broken }
}

/** Seeds that are numbers, such as 1, 3, 5 and so on. */
export function* numbered(from: number, count: number, step = 1): Generator<string> {
  for (let index = 0; index < count; index += 1) yield String(from + index * step)
}

/** How often something happened, all names that begin so together. */
export function countOf({ counts }: Pick<Campaign, 'counts'>, beginning: string): number {
  return [...counts].reduce((sum, [what, times]) => (what.startsWith(beginning) ? sum + times : sum), 0)
}

/** A broken run for a person: which rule, the last steps before it, and how to see it again. */
export function story({ seed, failures, trace }: Outcome, steps = 60): string {
  const first = trace.findIndex((line) => line.includes('  RULE '))
  const shown = first < 0 ? trace.slice(-steps) : trace.slice(Math.max(0, first - steps), first + 1)
  return [
    `Seed ${seed} broke ${new Set(failures.map((one) => one.rule)).size} of the rules:`,
    ...failures.slice(0, 5).map(({ rule, detail, atMs }) => `  at ${atMs / 1000} s: ${rule}: ${detail}`),
    ...shown,
    `See all of it again with: npm run simulate -- --seed ${seed} --trace`,
  ].join('\n')
}
