/** The one way this room speaks to SQLite: bound values, cached statements, and types that say who writes. */
import type { Database, Statement } from 'better-sqlite3'

export type Value = string | number | bigint | null | Uint8Array

/** Values in the order of the `?`, one by one or as a list, or one object for `@names`. */
export type Values =
  readonly Value[] | readonly [readonly Value[]] | readonly [Readonly<Record<string, Value>>]

/** Asks only. A statement that would write is refused when it is prepared. */
export interface Reader {
  /** The till's clock, epoch milliseconds. */
  readonly now: () => number
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the query promises the row's shape
  one<Row>(sql: string, ...values: Values): Row | undefined
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
  all<Row>(sql: string, ...values: Values): Row[]
}

/** Asks and writes. Every Writer is a Reader. */
export interface Writer extends Reader {
  /** Runs one writing statement; how many rows it touched. */
  run(sql: string, ...values: Values): number
  /**
   * All of `work` or nothing, with one sync to the disk at the end. Called within another transaction it joins that
   * one: a throw takes back what it did itself, and the outer one decides about the rest.
   */
  transaction<T>(work: () => T): T
}

/** What a migration may do besides: run a script of several statements. */
export interface Migrator extends Writer {
  script(sql: string): void
}

export class TransactionWentAsync extends Error {
  constructor() {
    super('A transaction must not wait: it was given work that returns a promise')
  }
}

/** The handle through which everything in this room reads and writes. */
export function migratorOf(database: Database, now: () => number): Migrator {
  const statements = new Map<string, Statement>()
  const prepared = (sql: string, readonly: boolean): Statement => {
    const known = statements.get(sql)
    if (known !== undefined && (known.readonly || !readonly)) return known
    const statement = known ?? database.prepare(sql)
    if (readonly && !statement.readonly) throw new Error(`This reads nothing: ${sql}`)
    statements.set(sql, statement)
    return statement
  }
  return {
    now,
    one: (sql, ...values) => prepared(sql, true).get(...values) as never,
    all: (sql, ...values) => prepared(sql, true).all(...values) as never,
    run: (sql, ...values) => prepared(sql, false).run(...values).changes,
    transaction: (work) => transact(database, work),
    script: (sql) => {
      database.exec(sql)
    },
  }
}

function transact<T>(database: Database, work: () => T): T {
  const nested = database.inTransaction
  database.exec(nested ? 'SAVEPOINT part' : 'BEGIN IMMEDIATE')
  try {
    const result = work()
    if (result instanceof Promise) throw new TransactionWentAsync()
    database.exec(nested ? 'RELEASE part' : 'COMMIT')
    return result
  } catch (error) {
    takeBack(database, nested)
    throw error
  }
}

/** SQLite itself has already rolled back after some faults of the disk: then there is nothing left to take back. */
function takeBack(database: Database, nested: boolean): void {
  if (!database.inTransaction) return
  database.exec(nested ? 'ROLLBACK TO part; RELEASE part' : 'ROLLBACK')
}

/** A LIKE pattern for text that holds this one, whatever signs are in it. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}
