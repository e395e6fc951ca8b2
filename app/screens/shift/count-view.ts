/** What is typed while the drawer is counted, read into what the till counts in. */
import type { Currency } from '../../domain/money.ts'
import { cashOf } from '../../domain/cash.ts'
import { countedCash, type Pieces } from '../../domain/shift.ts'

/** How many of each note and coin, as typed. */
export type TypedPieces = Readonly<Record<number, string>>

export interface ReadPieces {
  readonly pieces: readonly Pieces[]
  readonly sumMinor: number
  /** Values whose number cannot be read. */
  readonly faults: readonly number[]
}

export function denominationsOf(currency: Currency): readonly number[] {
  return cashOf[currency].denominationsMinor
}

/** Nothing typed is none. */
export function readPieces(typed: TypedPieces, currency: Currency): ReadPieces {
  const read = denominationsOf(currency).map((valueMinor) => {
    const text = (typed[valueMinor] ?? '').trim()
    return { valueMinor, isFaulty: !/^\d{0,5}$/.test(text), count: Number(text) }
  })
  const pieces = read
    .filter(({ isFaulty, count }) => !isFaulty && count > 0)
    .map(({ valueMinor, count }) => ({ valueMinor, count }))
  const faults = read.filter(({ isFaulty }) => isFaulty).map(({ valueMinor }) => valueMinor)
  return { pieces, sumMinor: countedCash(pieces), faults }
}
