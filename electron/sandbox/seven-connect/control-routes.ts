import { z } from 'zod'
import { isCurrency, minorOf } from '../../../app/domain/money.ts'
import type { SevenConnectBook } from './book.ts'
import { defaultExpiryMinutes, type DemoSlip, type Merchant, type Slip } from './book-types.ts'
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
      methods: ['POST'],
      path: '/control/faults',
      answer({ json: order }) {
        const fault = faultOrder.safeParse(order)
        if (!fault.success) return json({ message: 'Unknown fault' }, 400)
        faults.put(fault.data)
        return state()
      },
    },
    {
      methods: ['DELETE'],
      path: '/control/faults',
      answer() {
        faults.clear()
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
      path: '/control/accounts',
      answer({ json: order }) {
        const merchant = merchantOrder.safeParse(order)
        if (!merchant.success) return json({ message: 'Unknown merchant fields' }, 400)
        book.openAccount(merchant.data)
        return json({ merchantID: merchant.data.merchantID })
      },
    },
    {
      methods: ['GET'],
      path: '/control/slips',
      answer: () => json(book.slips().map((slip) => ({ ...slip, status: book.status(slip) }))),
    },
    {
      methods: ['POST'],
      path: '/control/slips',
      answer({ json: order }) {
        const wanted = demoSlipOrder.safeParse(order)
        const merchant = wanted.success ? book.merchant(wanted.data.merchantID) : null
        if (!wanted.success || merchant === null) {
          return json({ message: 'Unknown merchant or amount' }, 400)
        }
        const { amount, expiresInMs, ...slip } = wanted.data
        const expires = expiresInMs === undefined ? {} : { expiresAtMs: now() + expiresInMs }
        const amountMinor = minorOf(amount, merchant.currency) ?? 0
        const { payID } = createDemoSlip({ ...definedOf(slip), ...expires, amountMinor })
        return json({ payID })
      },
    },
  ]
}

/** An account for a merchant whose service somebody else wrote; what is left out is as most accounts have it. */
export const merchantOrder = z
  .strictObject({
    merchantID: z.string().regex(/^[A-Za-z0-9]{1,15}$/),
    transactionKey: z.string().min(1).max(200),
    endpoint: z.url({ protocol: /^https?$/ }),
    name: z.string().min(1).max(100).optional(),
    validates: z.boolean().default(true),
    retries: z.boolean().default(true),
    currency: z.string().refine(isCurrency).default('PHP'),
    expiryMinutes: z.int().positive().default(defaultExpiryMinutes),
  })
  .transform(({ name, ...merchant }): Merchant => ({ ...merchant, name: name ?? merchant.merchantID }))

const demoSlipOrder = z.strictObject({
  merchantID: z.string(),
  amount: z.string().regex(/^\d{1,7}(\.\d{1,2})?$/),
  merchantRef: z.string().min(1).max(40).optional(),
  description: z.string().max(3000).optional(),
  receiptRemarks: z.string().max(660).optional(),
  /** From now; negative for a slip that has expired already. */
  expiresInMs: z.int().optional(),
})

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> }

function definedOf<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<Fields> // what is left has its own type
}
