import { z } from 'zod'
import type { SevenConnectBook } from './book.ts'
import type { DemoSlip, Slip } from './book-types.ts'
import { faultOrder, type Faults } from './faults.ts'
import { json, type Route } from './reply.ts'
import { merchantMoods, type SampleMerchant } from './sample-merchant.ts'

export type ControlParts = {
  readonly book: SevenConnectBook
  readonly faults: Faults
  readonly sampleMerchant: SampleMerchant
  readonly now: () => number
  readonly advance: (ms: number) => Promise<void>
  readonly createDemoSlip: (wanted: DemoSlip) => Slip
}

const manners = z.strictObject({
  merchantRef: z.string().optional(),
  validate: z.enum(merchantMoods).optional(),
  confirm: z.enum(merchantMoods).optional(),
})

/** How a test or the dashboard makes trouble, lets time pass and makes slips: JSON in and out. */
export function controlRoutes({
  book,
  faults,
  sampleMerchant,
  now,
  advance,
  createDemoSlip,
}: ControlParts): Route[] {
  const state = () => json({ faults: faults.list(), now: now(), nextPosting: book.dueAtMs() })
  return [
    { methods: ['GET'], path: '/control', answer: state },
    {
      methods: ['POST', 'DELETE'],
      path: '/control/faults',
      answer({ json: order }) {
        const fault = faultOrder.safeParse(order)
        if (fault.success) faults.put(fault.data)
        else faults.clear()
        return state()
      },
    },
    {
      methods: ['POST'],
      path: '/control/merchants',
      answer({ json: order }) {
        const wanted = manners.safeParse(order)
        if (!wanted.success) return json({ message: 'Unknown manners' }, 400)
        const { merchantRef, validate, confirm } = wanted.data
        sampleMerchant.behave({ ...(validate && { validate }), ...(confirm && { confirm }) }, merchantRef)
        return state()
      },
    },
    {
      methods: ['POST'],
      path: '/control/advance',
      async answer({ json: order }) {
        const wanted = z.strictObject({ ms: z.int().nonnegative() }).safeParse(order)
        if (!wanted.success) return json({ message: 'How many ms?' }, 400)
        await advance(wanted.data.ms)
        return state()
      },
    },
    {
      methods: ['POST'],
      path: '/control/slips',
      answer({ json: order }) {
        const wanted = demoSlipOrder.safeParse(order)
        if (!wanted.success || book.merchant(wanted.data.merchantID) === null) {
          return json({ message: 'Unknown merchant or amount' }, 400)
        }
        const { merchantID, amount } = wanted.data
        const { payID } = createDemoSlip({ merchantID, amountMinor: Math.round(Number(amount) * 100) })
        return json({ payID })
      },
    },
  ]
}

const demoSlipOrder = z.object({ merchantID: z.string(), amount: z.string().regex(/^\d{1,7}(\.\d{1,2})?$/) })
