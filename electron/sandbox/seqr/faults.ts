import { z } from 'zod'

/** Ways for the service to misbehave. Whether the request was carried out before is said with each. */
export const faultKinds = [
  /** Carried out, answered after `ms`. */
  'delay',
  /** The connection is cut, nothing carried out. */
  'dropBefore',
  /** Carried out, and the connection cut instead of an answer. */
  'dropAfter',
  /** HTTP 500 with plain text, nothing carried out. */
  'http500',
  /** HTTP 503 with a SOAP fault, nothing carried out. */
  'down',
  /** HTTP 200 with a log-in page such as a guest network shows, nothing carried out. */
  'html',
  /** Carried out, the answer ends in the middle. */
  'brokenXml',
  /** Carried out, HTTP 200 with an empty body. */
  'empty',
  /** A SOAP fault, nothing carried out. */
  'soapFault',
  /** A reply with result `code` (default 90), nothing carried out. */
  'refuse',
  /** Carried out, with a status that nobody has heard of. */
  'unknownStatus',
  /** Carried out, answered one byte each `ms`. */
  'slowLoris',
  /** Carried out, an answer of 100 MB. */
  'huge',
  /** Carried out, with the answer of another operation. */
  'wrongOperation',
] as const

export const faultSchema = z.strictObject({
  /** An operation's name, or `*` for all. */
  operation: z.string().min(1).default('*'),
  fault: z.enum(faultKinds),
  /** For how many requests; null until removed. */
  times: z.int().positive().nullable().default(1),
  ms: z.int().nonnegative().max(600_000).default(2000),
  code: z.int().default(90),
})

export type FaultKind = (typeof faultKinds)[number]
export type Fault = z.infer<typeof faultSchema>
/** A fault as a caller writes it down; what is left out has a default. */
export type FaultOrder = z.input<typeof faultSchema>
export type Faults = ReturnType<typeof createFaults>

/** The misbehaviour that was ordered. Each request takes the oldest order that fits it. */
export function createFaults(orders: readonly FaultOrder[] = []) {
  const waiting: Fault[] = orders.map((order) => faultSchema.parse(order))
  return {
    /** Throws when the order makes no sense. */
    add: (order: FaultOrder): void => {
      waiting.push(faultSchema.parse(order))
    },
    clear: (): void => {
      waiting.length = 0
    },
    list: (): readonly Fault[] => [...waiting],
    /** The fault for this request, which is used up by one. */
    take: (operation: string): Fault | null => {
      const index = waiting.findIndex((fault) => fault.operation === '*' || fault.operation === operation)
      const fault = waiting[index]
      if (fault === undefined) return null
      if (fault.times === 1) waiting.splice(index, 1)
      else if (fault.times !== null) waiting[index] = { ...fault, times: fault.times - 1 }
      return fault
    },
  }
}
