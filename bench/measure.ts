/** Timing that survives a noisy machine: candidates take turns block by block, and only ratios are reported. */
import { performance } from 'node:perf_hooks'

export interface Contender {
  readonly name: string
  /** One unit of work. */
  readonly work: () => void
}

export interface Result {
  readonly name: string
  /** Median over the blocks, microseconds a unit. */
  readonly microseconds: number
  /** Median over the blocks of this block's time by the floor's time in the same block. */
  readonly ratio: number
}

export interface Rounds {
  readonly blocks: number
  readonly units: number
}

/** The first contender is the floor that the others are measured against. */
export function compare(contenders: readonly Contender[], { blocks, units }: Rounds): readonly Result[] {
  const times = contenders.map(() => [] as number[])
  for (const { work } of contenders) for (let unit = 0; unit < units; unit++) work()
  for (let block = 0; block < blocks; block++)
    for (const [index, { work }] of contenders.entries()) times[index]?.push(timeOf(work, units))
  const floor = times[0] ?? []
  return contenders.map(({ name }, index) => ({
    name,
    microseconds: (median(times[index] ?? []) * 1000) / units,
    ratio: median((times[index] ?? []).map((time, block) => time / (floor[block] ?? time))),
  }))
}

function timeOf(work: () => void, units: number): number {
  const startedAt = performance.now()
  for (let unit = 0; unit < units; unit++) work()
  return performance.now() - startedAt
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function printResults(title: string, target: string, results: readonly Result[]): void {
  console.log(`\n${title}\n  target: ${target}`)
  for (const { name, microseconds, ratio } of results)
    console.log(`  ${name.padEnd(58)} ${microseconds.toFixed(1).padStart(10)} us  x${ratio.toFixed(2)}`)
}
