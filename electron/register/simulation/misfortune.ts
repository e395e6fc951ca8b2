import type { Agenda } from './agenda.ts'
import type { DiskFault, DiskWeather, FaultPlace, PowerCut } from './disk.ts'
import type { Life, Skew } from './life.ts'
import type { Random } from './random.ts'
import type { Operation } from './weather.ts'

/** Where in the till's work the power goes. */
export type KillPlace =
  'betweenSteps' | 'beforeCommit' | 'afterCommit' | 'questionLeaving' | 'questionSent' | 'answerArriving'

export interface MisfortuneOptions {
  readonly agenda: Agenda
  readonly random: Random
  readonly skew: Skew
  readonly untilMs: number
  readonly life: () => Life | null
  readonly counted: (what: string) => void
  readonly note: (text: () => string) => void
}

export type Misfortune = ReturnType<typeof createMisfortune>

/** Power cuts at any step, disks that fail or are full, and clocks that are set, until the weather clears. */
export function createMisfortune(options: MisfortuneOptions) {
  const { agenda, random, skew, untilMs, counted, note } = options
  const kills = random.pick([0, 0, 1, 2, 4, 8])
  const diskFaultiness = random.pick([0, 0, 0.01, 0.05, 0.2])
  const setsClock = random.chance(0.15)
  const armed: { place: KillPlace; steps: number }[] = []
  const disk = { fullUntilMs: 0, failedAtMs: 0 }

  /** True when the life is to end here: an armed kill has counted down to this step. */
  function struck(place: KillPlace, life: Life): boolean {
    if (!life.alive()) return false
    const index = armed.findIndex((one) => one.place === place)
    const kill = armed[index]
    if (kill === undefined) return false
    kill.steps -= 1
    if (kill.steps > 0) return false
    armed.splice(index, 1)
    counted(`kill ${place}`)
    note(() => `the power goes: ${place}`)
    return true
  }

  function strike(place: KillPlace, life: Life): void {
    if (struck(place, life)) life.end()
  }

  function arm(): void {
    const place = random.pick<KillPlace>([
      'betweenSteps',
      'betweenSteps',
      'beforeCommit',
      'afterCommit',
      'questionLeaving',
      'questionSent',
      'answerArriving',
    ])
    if (place !== 'betweenSteps') return void armed.push({ place, steps: random.between(1, 4) })
    const life = options.life()
    if (life === null || !life.alive()) return
    counted('kill betweenSteps')
    note(() => 'the power goes')
    life.end()
  }

  function fillDisk(): void {
    disk.fullUntilMs = agenda.now() + random.between(500, 15_000)
    counted('disk full for a while')
    note(() => `the disk is full until ${disk.fullUntilMs}`)
  }

  function setClock(): void {
    const byMs = random.pick([-3_600_000, -90_000, -1500, 1500, 90_000, 3_600_000])
    skew.ms += byMs
    counted('clock set')
    note(() => `the clock is set by ${byMs} ms`)
  }

  const sometime = () => random.between(agenda.now(), untilMs)
  for (let kill = 0; kill < kills; kill += 1) agenda.at(sometime(), arm)
  if (diskFaultiness > 0) agenda.at(sometime(), fillDisk)
  // Early enough that waits cut into minutes have looked at it again before the books are compared.
  if (setsClock) agenda.at(random.between(agenda.now(), Math.max(agenda.now(), untilMs - 25_000)), setClock)

  function drawFault(): ReturnType<DiskWeather['fault']> {
    if (agenda.now() >= untilMs) return null
    if (agenda.now() < disk.fullUntilMs) return { fault: 'full', place: random.pick(places) }
    if (!random.chance(diskFaultiness)) return null
    const fault = random.pick<DiskFault>(['full', 'ioError', 'unclear'])
    counted(`disk ${fault}`)
    note(() => `the disk fails: ${fault}`)
    return { fault, place: random.pick(places) }
  }

  const diskWeather: DiskWeather = {
    fault() {
      const fault = drawFault()
      if (fault !== null) disk.failedAtMs = agenda.now()
      return fault
    },
    powerCut(life): PowerCut | null {
      if (struck('beforeCommit', life)) return 'beforeCommit'
      return struck('afterCommit', life) ? 'afterCommit' : null
    },
  }
  return {
    disk: diskWeather,
    diskFailedAtMs: () => disk.failedAtMs,
    leaving: (life: Life, _operation: Operation) => strike('questionLeaving', life),
    left: (life: Life, _operation: Operation) => strike('questionSent', life),
    arriving: (life: Life, _operation: Operation) => strike('answerArriving', life),
    /** Good weather from now on. */
    clear(): void {
      armed.length = 0
      disk.fullUntilMs = 0
    },
  }
}

const places: readonly FaultPlace[] = ['begin', 'first', 'second', 'commit', 'commit']
