import type { Writer } from '../../storage/database.ts'
import type { Storage } from '../../storage/open.ts'
import type { Life } from './life.ts'

/** How a write goes wrong. `unclear`: the commit is reported as failed, and after a power cut it is there after all. */
export type DiskFault = 'full' | 'ioError' | 'unclear'

/** Where in a transaction the fault shows: before anything, at its first or second statement, or at its commit. */
export type FaultPlace = 'begin' | 'first' | 'second' | 'commit'

/** Where in a transaction the power goes: with nothing of it kept, or with all of it. */
export type PowerCut = 'beforeCommit' | 'afterCommit'

/** What is to happen to the next transactions; asked once for each. */
export interface DiskWeather {
  fault(life: Life): { readonly fault: DiskFault; readonly place: FaultPlace } | null
  powerCut(life: Life): PowerCut | null
}

export interface Disk {
  /** The database as one life of the till has it. */
  plugInto(life: Life): Storage
  /** What the power cut brought back: a commit that was reported as failed. */
  powerOn(): void
}

/** What SQLite throws when the disk will not take a write. */
class DiskError extends Error {
  readonly code: string

  constructor(code: string) {
    super(`The simulated disk: ${code}`)
    this.code = code
  }
}

const codeOf: Readonly<Record<DiskFault, string>> = {
  full: 'SQLITE_FULL',
  ioError: 'SQLITE_IOERR_WRITE',
  unclear: 'SQLITE_IOERR_FSYNC',
}

const statementOf: Readonly<Record<FaultPlace, number | null>> = {
  begin: null,
  first: 1,
  second: 2,
  commit: null,
}

class TakenBack extends Error {}

type Statement = Parameters<Writer['run']>

/** A transaction under way: what it wrote so far, and the fault that awaits it. */
interface UnderWay {
  readonly statements: Statement[]
  readonly fault: ReturnType<DiskWeather['fault']>
}

/** A disk that outlives the till, fails as the weather says, and loses what was not committed when the power goes. */
export function createDisk(storage: Storage, weather: DiskWeather): Disk {
  const unclear: { statements: readonly Statement[] } = { statements: [] }

  /** Does the work and takes all of it back: what a dead till does reaches nothing. */
  function asGhost<T>(work: () => T): T {
    const done: { result?: T } = {}
    try {
      storage.transaction(() => {
        done.result = work()
        throw new TakenBack()
      })
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error
    }
    return done.result as T
  }

  function plugInto(life: Life): Storage {
    const current: { underWay: UnderWay | null } = { underWay: null }

    function transaction<T>(work: (db: Writer) => T): T {
      if (current.underWay !== null) return storage.transaction(() => work(write))
      const cut = life.alive() ? weather.powerCut(life) : 'beforeCommit'
      if (cut === 'beforeCommit') life.end()
      if (!life.alive()) return within(null, () => asGhost(() => work(write)))
      const fault = weather.fault(life)
      const result = within(fault, (underWay) => committed(underWay, work))
      if (cut === 'afterCommit') life.end()
      return result
    }

    function within<T>(fault: UnderWay['fault'], work: (underWay: UnderWay) => T): T {
      const underWay: UnderWay = { statements: [], fault }
      current.underWay = underWay
      try {
        return work(underWay)
      } finally {
        current.underWay = null
      }
    }

    function committed<T>({ fault, statements }: UnderWay, work: (db: Writer) => T): T {
      if (fault?.place === 'begin') throw new DiskError(codeOf[fault.fault])
      const state = { worked: false }
      try {
        const result = storage.transaction(() => {
          const worked = work(write)
          state.worked = true
          if (fault !== null) throw new DiskError(codeOf[fault.fault])
          return worked
        })
        unclear.statements = []
        return result
      } catch (error) {
        if (state.worked && fault?.fault === 'unclear') unclear.statements = statements
        throw error
      }
    }

    const write: Writer = {
      ...storage.write,
      run(sql, ...values) {
        const { underWay } = current
        if (underWay === null) return transaction((db) => db.run(sql, ...values))
        const { fault, statements } = underWay
        statements.push([sql, ...values])
        if (fault !== null && statements.length === statementOf[fault.place])
          throw new DiskError(codeOf[fault.fault])
        return storage.write.run(sql, ...values)
      },
      transaction: (work) => transaction(() => work()),
    }
    return { ...storage, read: storage.read, write, transaction }
  }

  return {
    plugInto,
    powerOn() {
      const { statements } = unclear
      unclear.statements = []
      if (statements.length > 0)
        storage.transaction((db) => {
          for (const [sql, ...values] of statements) db.run(sql, ...(values as never))
        })
    },
  }
}
