import { expect, test } from 'vitest'
import { ContractFault } from '../contract/define.ts'
import { asked, askedWithRights, isUnanswered } from './ask.ts'

const ok = { ok: true } as const
const refused = { ok: false, reason: 'needsPermission', permission: 'priceOverride' } as const

test('a lost answer is told as a lost connection, a bug by its reference', async () => {
  const lost = await asked(() => Promise.reject(new ContractFault('disconnected', 'sale.scan')))
  expect(lost).toEqual({ ok: false, reason: 'disconnected' })
  const bug = await asked(() => Promise.reject(new ContractFault('bug', 'sale.scan', 'K7Q2MX')))
  expect(bug).toEqual({ ok: false, reason: 'bug', reference: 'K7Q2MX' })
  expect(isUnanswered(lost) && isUnanswered(bug)).toBe(true)
  expect(isUnanswered(refused)).toBe(false)
})

test('a missing right asks for the PIN, then the request is made once more', async () => {
  const answers = [refused, ok]
  const wanted: string[] = []
  const answer = await askedWithRights(
    async () => answers.shift() ?? ok,
    (permission) => {
      wanted.push(permission)
      return Promise.resolve(true)
    },
  )
  expect(answer).toEqual(ok)
  expect(wanted).toEqual(['priceOverride'])
})

test('without the PIN the refusal stands, and nothing is asked again', async () => {
  const asks = { count: 0 }
  const request = async () => ((asks.count += 1), refused)
  expect(await askedWithRights(request, () => Promise.resolve(false))).toEqual(refused)
  expect(asks.count).toBe(1)
})
