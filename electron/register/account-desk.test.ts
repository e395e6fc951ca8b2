import { expect, test } from 'vitest'
import { firstShop } from '../../app/domain/shop.ts'
import { insertPayment } from '../storage/payments.ts'
import { paymentWith } from '../storage/storage.fake.ts'
import { accountDesk } from './account-desk.ts'
import { systemClock } from './clock.ts'
import { diskWith } from './refunds.fake.ts'
import { fromTill } from './register.fake.ts'

const always = { fromDay: null, toDay: null, text: '' }

test('a long SEQR account leaves the till part by part, the oldest first, each payment once', async () => {
  const storage = diskWith()
  const ids = Array.from({ length: 4500 }, (_, index) => `p${index}`)
  storage.transaction(() => {
    for (const [index, id] of ids.entries()) {
      const stage = { name: 'paid', reference: 'i', ersReference: `E-${id}`, echoedMinor: 2500 } as const
      // Two at a time share their moment: what a part ends with must not hide its twin.
      insertPayment(storage.write, paymentWith(id, { stage, startedAtMs: 1000 + Math.floor(index / 2) }))
    }
  })
  const account = accountDesk({
    desk: { storage, clock: systemClock },
    session: { person: () => null, needs: () => null },
    settings: () => firstShop,
  })
  const partsFrom = async (after: { atMs: number; id: string } | null): Promise<readonly string[]> => {
    const part = await account.exportPart({ ...always, after }, fromTill)
    if (!part.ok) throw new Error(part.reason)
    return part.next === null ? [part.text] : [part.text, ...(await partsFrom(part.next))]
  }
  const parts = await partsFrom(null)
  const [heading, ...lines] = parts.join('').trim().split('\r\n')
  expect(heading).toContain('ersReference')
  expect(parts).toHaveLength(3)
  const references = lines.map((line) => line.split(',')[4] ?? '')
  expect(new Set(references)).toEqual(new Set(ids.map((id) => `E-${id}`)))
  expect(references).toHaveLength(ids.length)
})
