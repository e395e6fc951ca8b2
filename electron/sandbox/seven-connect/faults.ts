import { z } from 'zod'

export const faultKinds = [
  'down',
  'slow',
  'dropBefore',
  'dropAfter',
  'cutShort',
  'html',
  'serverError',
  'redirect',
  'wrongToken',
  'otherSlip',
  'huge',
] as const
export const faultPlaces = ['all', 'verify', 'confirm', 'status', 'reference', 'inquire'] as const

/** Trouble that the server is told to make: what, for which requests, and how often. */
export const faultOrder = z.strictObject({
  kind: z.enum(faultKinds),
  on: z.enum(faultPlaces).default('all'),
  /** For this many requests; until it is cleared when left out. */
  times: z.int().positive().optional(),
  /** For `slow`: how much later the answer comes. */
  ms: z.int().nonnegative().default(25_000),
})

export type Fault = z.infer<typeof faultOrder>
export type FaultPlace = Exclude<Fault['on'], 'all'>
export type Faults = ReturnType<typeof faultBox>

export function faultBox() {
  let faults: readonly Fault[] = []
  return {
    put(order: z.input<typeof faultOrder>) {
      faults = [...faults, faultOrder.parse(order)]
    },
    clear() {
      faults = []
    },
    list: () => faults,
    /** The trouble for this request, if any; one time less of it is left. */
    take(place: FaultPlace): Fault | null {
      const fault = faults.find((each) => each.on === 'all' || each.on === place)
      if (fault?.times !== undefined) {
        const left = fault.times - 1
        faults = faults.flatMap((each) =>
          each !== fault ? each : left === 0 ? [] : { ...each, times: left },
        )
      }
      return fault ?? null
    },
  }
}
