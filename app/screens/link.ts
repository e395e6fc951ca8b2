import type { contract } from '../contract/contract.ts'
import type { Bridge } from '../contract/define.ts'

/** Everything the window may ask of the till, and hear from it. */
export type Pos = Bridge<typeof contract>

/** The bridge, and whether it holds. */
export interface Link {
  readonly pos: Pos
  /** Tells at once how it is, then at every change. */
  readonly onConnection: (listener: (connected: boolean) => void) => () => void
}
