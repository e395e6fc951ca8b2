import { expect, test } from 'vitest'
import { noWrongPins } from '../../app/domain/lockout.ts'
import { saveUser } from '../storage/users.ts'
import { practicePeople } from './first-start.ts'
import { fromTill, startedRegister } from './register.fake.ts'

const account = {
  resellerId: 'SHOP',
  userId: '1',
  password: 'secret',
  name: 'Kiosk',
  externalId: 'Kiosk/Till 1',
}

test('a practice till that is made real registers no terminal while its well-known PINs open it', async () => {
  const { id, name, pin } = practicePeople.administrator
  const till = await startedRegister({ sandbox: null }, ({ write }) =>
    saveUser(write, {
      ...noWrongPins,
      id,
      name,
      role: 'administrator',
      permissions: [],
      active: true,
      pinHash: pin,
    }),
  )
  await till.ask.session.signIn({ userId: id, pin }, fromTill)
  await till.ask.session.unlock({ pin }, fromTill)
  await expect
    .poll(async () => (await till.ask.till.current(undefined, fromTill)).warnings.join())
    .toContain('PINs that everybody knows')
  const refused = { ok: false, reason: 'invalid', field: 'people', problem: 'practicePins' }
  expect(await till.ask.terminal.register(account, fromTill)).toEqual(refused)
  await till.ask.session.changePin({ pin, newPin: '8305' }, fromTill)
  await expect.poll(async () => (await till.ask.till.current(undefined, fromTill)).warnings).toEqual([])
  // What is in the way now is only that this service answers nothing.
  expect(await till.ask.terminal.register(account, fromTill)).toMatchObject({ reason: 'service' })
  await till.stop()
})
