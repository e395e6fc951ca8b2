import type { Storage } from '../../storage/open.ts'
import type { Clock } from '../clock.ts'
import type { Machine, Payments } from '../payments.ts'

/** A safeguard taken away. What is left out stays as it is. */
export interface Mutant {
  /** The rules of the payment machine, on the clock of one life. */
  readonly machine?: (clock: Clock) => Machine
  readonly clock?: (clock: Clock) => Clock
  readonly payments?: (payments: Payments) => Payments
  /** What the sale is told of the payments. */
  readonly toSale?: (payments: Payments) => Payments
  /** The database under the disk's weather. */
  readonly storage?: (storage: Storage) => Storage
  readonly begin?: (storage: Storage) => void
  readonly powerOff?: (storage: Storage) => void
  readonly powerOn?: (storage: Storage) => void
}
