import type { UpdateView } from '../../app/contract/program.ts'
import type { Log } from '../log.ts'
import type { UpdateAct, UpdateFacts, Updates } from '../shell.ts'

/** What fetches and installs: electron-updater in the desktop program, a played one in tests. */
export interface Updater {
  setAddress(url: string): void
  /** The version that is published, whichever it is. */
  check(): Promise<string>
  /** Fetches what {@link check} found. `done` rejects when it is called off. */
  download(onPercent: (percent: number) => void): { readonly done: Promise<void>; cancel(): void }
  /** Ends the program and replaces it; throws, or nothing happens, when that cannot be done. */
  install(startAgain: boolean): void
}

export interface UpdatesOptions {
  /** Loaded when an address is set: a till without one never loads it. */
  readonly load: () => Promise<Updater>
  readonly version: string
  readonly log: Log
  readonly now: () => number
  readonly later: (ms: number, act: () => void) => void
  /** Ends the till in order and then calls {@link DesktopUpdates.takeOver}. */
  readonly restart: () => void
}

export interface DesktopUpdates extends Updates {
  /** From now on it knows what the register does. Call {@link look} whenever that may have changed. */
  follow(facts: () => UpdateFacts): void
  look(): void
  /** True while the till may be ended for good with the new version put in place. Ask before the register stops. */
  mayTakeOver(): boolean
  /** Installs what is ready. Throws when it cannot. */
  takeOver(startAgain: boolean): void
}

const lookEveryMs = 60_000
const checkEveryMs = 6 * 60 * 60_000
const afterFaultMs = 60 * 60_000

/**
 * Keeps the program up to date without ever being in the way of money: it asks for new versions only while nothing is
 * being paid, fetches one only between shifts, and puts it in place only between shifts or when the till is ended.
 * Whatever goes wrong is logged, and the till goes on. An older version is never taken.
 */
export function createUpdates(options: UpdatesOptions): DesktopUpdates {
  const { log } = options
  const listeners = new Set<() => void>()
  const now: {
    address: string | null
    updater: Updater | null
    facts: () => UpdateFacts
    state: UpdateView['state']
    version: string | null
    percent: number
    lastCheckAtMs: number | null
    problem: string | null
    nextCheckAtMs: number
    cancel: (() => void) | null
    isTicking: boolean
  } = {
    address: null,
    updater: null,
    facts: () => ({ moneyOpen: true, betweenShifts: false }),
    state: 'off',
    version: null,
    percent: 0,
    lastCheckAtMs: null,
    problem: null,
    nextCheckAtMs: 0,
    cancel: null,
    isTicking: false,
  }

  function set(state: UpdateView['state'], change: Partial<typeof now> = {}): void {
    Object.assign(now, { state, ...change })
    for (const listener of listeners) listener()
  }

  function failed(error: unknown, message: string, state: 'unknown' | 'found'): void {
    log.warn({ err: error }, message)
    const problem = error instanceof Error ? error.message : String(error)
    set(state, { problem, nextCheckAtMs: options.now() + afterFaultMs })
  }

  async function check(): Promise<void> {
    const { address } = now
    if (address === null) return
    set('checking', { problem: null })
    try {
      now.updater ??= await options.load()
      now.updater.setAddress(address)
      const version = await now.updater.check()
      // An address that has changed meanwhile makes the answer worthless.
      if (now.address === address) found(version)
    } catch (error) {
      if (now.address === address) failed(error, 'Looking for a new version failed', 'unknown')
    }
    look()
  }

  function found(version: string): void {
    const lastCheckAtMs = options.now()
    const nextCheckAtMs = lastCheckAtMs + checkEveryMs
    if (isNewer(version, options.version)) {
      log.info({ version }, 'A new version is there')
      return set('found', { version, lastCheckAtMs, nextCheckAtMs })
    }
    if (version !== options.version) log.warn({ version }, 'An older version is published, and is not taken')
    set('newest', { version: null, lastCheckAtMs, nextCheckAtMs })
  }

  async function download(updater: Updater): Promise<void> {
    const { address, version } = now
    const fetching = updater.download((percent) => {
      if (now.state === 'downloading') set('downloading', { percent: Math.floor(percent) })
    })
    set('downloading', { percent: 0, cancel: fetching.cancel, problem: null })
    try {
      await fetching.done
      if (address === null || now.address !== address) return
      log.info({ version }, 'A new version waits to be put in place')
      set('ready', { cancel: null })
    } catch (error) {
      if (address === null || now.address !== address) return
      if (now.cancel === null) return set('found')
      now.cancel = null
      failed(error, 'Fetching the new version failed', 'found')
    }
  }

  function waitsFor(): UpdateView['waitsFor'] {
    const { moneyOpen, betweenShifts } = now.facts()
    if (moneyOpen) return 'payment'
    return betweenShifts ? null : 'shift'
  }

  /** Does what is due, and calls a download off when the till gets busy. */
  function look(): void {
    if (now.address === null) return
    const isDue = options.now() >= now.nextCheckAtMs
    switch (now.state) {
      case 'off':
      case 'checking':
      case 'ready':
        return
      case 'unknown':
      case 'newest':
        if (isDue && waitsFor() !== 'payment') void check()
        return
      case 'found':
        if (now.updater !== null && waitsFor() === null && (now.problem === null || isDue))
          void download(now.updater)
        else if (isDue && waitsFor() !== 'payment') void check()
        return
      case 'downloading':
        if (waitsFor() !== null) callOff()
    }
  }

  function callOff(): void {
    const { cancel } = now
    now.cancel = null
    cancel?.()
  }

  function tick(): void {
    if (now.isTicking) return
    now.isTicking = true
    const again = () => {
      now.isTicking = now.address !== null
      if (!now.isTicking) return
      look()
      options.later(lookEveryMs, again)
    }
    options.later(lookEveryMs, again)
  }

  return {
    view() {
      const { state, version, percent, lastCheckAtMs, problem } = now
      const isGoing = state === 'found' || state === 'downloading' || state === 'ready'
      return { state, version, percent, lastCheckAtMs, problem, waitsFor: isGoing ? waitsFor() : null }
    },
    onChange(listener) {
      listeners.add(listener)
    },
    setAddress(address) {
      if (address === now.address) return
      callOff()
      const change = { address, version: null, percent: 0, problem: null, nextCheckAtMs: 0 }
      set(address === null ? 'off' : 'unknown', change)
      if (address !== null) tick()
    },
    follow(facts) {
      now.facts = facts
    },
    look,
    check(): UpdateAct {
      if (now.address === null) return 'off'
      if (waitsFor() === 'payment') return 'payment'
      if (now.state === 'checking' || now.state === 'downloading' || now.state === 'ready') return 'done'
      now.problem = null
      void check()
      return 'done'
    },
    install(): UpdateAct {
      if (now.state !== 'ready') return 'notReady'
      const wait = waitsFor()
      if (wait !== null) return wait
      options.restart()
      return 'done'
    },
    mayTakeOver: () => now.state === 'ready' && waitsFor() === null,
    takeOver(startAgain) {
      if (now.updater === null || now.state !== 'ready')
        throw new Error('There is no new version to install.')
      log.info({ version: now.version, startAgain }, 'The new version is put in place')
      now.updater.install(startAgain)
    },
  }
}

/** Whether a version such as `1.10.0` comes after another. What is not three numbers is never newer. */
export function isNewer(version: string, than: string): boolean {
  const [one, other] = [partsOf(version), partsOf(than)]
  if (one === null || other === null) return false
  for (const [index, part] of one.numbers.entries()) {
    const before = other.numbers[index] ?? 0
    if (part !== before) return part > before
  }
  return other.isTrial && !one.isTrial
}

function partsOf(version: string): { readonly numbers: readonly number[]; readonly isTrial: boolean } | null {
  const match = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})(-[\w.]+)?$/.exec(version)
  if (match === null) return null
  return { numbers: match.slice(1, 4).map(Number), isTrial: match[4] !== undefined }
}
