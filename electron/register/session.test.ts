import { expect, test } from 'vitest'
import { fromTill, startedRegister } from './register.fake.ts'

test('administrator’s rights end by themselves, and the window hears of it', async () => {
  const { register, ask, clock, pass, stop } = await startedRegister()
  const heard: unknown[] = []
  register.listen((channel, payload) => {
    if (channel === 'till.changed')
      heard.push((payload as { unlockedUntilMs: number | null }).unlockedUntilMs)
  })
  await ask.session.unlock({ pin: '1234' }, fromTill)
  await expect.poll(() => heard.at(-1)).toBe(clock.nowMs + 120_000)
  pass(120_000)
  await expect.poll(() => heard.at(-1)).toBeNull()
  await stop()
})
