/** The once-a-second rhythm: how far the register's own schedule drifts, against setInterval beside it. */
import { performance } from 'node:perf_hooks'
import { systemClock } from '../electron/register/clock.ts'

const periodMs = 100
const ticks = 60

export async function rhythm(): Promise<void> {
  const startedAt = Date.now()
  const interval = await intervalDrift()
  const ownStart = Date.now()
  for (let tick = 1; tick <= ticks; tick++) await systemClock.sleepUntil(ownStart + tick * periodMs)
  const own = Date.now() - (ownStart + ticks * periodMs)
  console.log(
    `\nPolling rhythm over ${ticks} ticks of ${periodMs} ms\n  target: no more than a tenth of setInterval's drift`,
  )
  console.log(
    `  setInterval drifted ${interval.toFixed(1)} ms, the register's schedule ${own} ms (${((Date.now() - startedAt) / 1000).toFixed(0)} s)`,
  )
}

function intervalDrift(): Promise<number> {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const state = { ticks: 0 }
    const timer = setInterval(() => {
      state.ticks += 1
      if (state.ticks < ticks) return
      clearInterval(timer)
      resolve(performance.now() - startedAt - ticks * periodMs)
    }, periodMs)
  })
}
