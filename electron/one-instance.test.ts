import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Claim, claimDataDir } from './one-instance.ts'

let dir = ''
const held: Claim[] = []
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-claim-'))
})
afterEach(() => {
  for (const claim of held.splice(0)) if (claim.first) claim.release()
  fs.rmSync(dir, { recursive: true, force: true })
})
const claim = async () => {
  const made = await claimDataDir(dir)
  held.push(made)
  return made
}

test('the first start has the data folder, and the second is answered by the first', async () => {
  const first = await claim()
  if (!first.first) throw new Error('somebody else was first')
  first.onSecondStart(() => 'http://127.0.0.1:1/open?k=x')
  expect(await claim()).toEqual({ first: false, answer: 'http://127.0.0.1:1/open?k=x' })
})

test('after the first has ended the next start has the folder', async () => {
  const first = await claim()
  if (first.first) first.release()
  expect(fs.readdirSync(dir)).toEqual([])
  expect(await claim()).toMatchObject({ first: true })
})

test('the claim of a till that was killed is taken over', async () => {
  fs.writeFileSync(path.join(dir, 'running.json'), '{"port":1,"word":"of a dead till"}')
  expect(await claim()).toMatchObject({ first: true })
})

test.each(['', '{', 'null', '{"port":"x"}', '{"port":99999999,"word":"x"}'])(
  'a claim that was torn by a power cut is taken over: %s',
  async (text) => {
    fs.writeFileSync(path.join(dir, 'running.json'), text)
    expect(await claim()).toMatchObject({ first: true })
  },
)

test('of six starts at once exactly one has the folder', async () => {
  const claims = await Promise.all(Array.from({ length: 6 }, claim))
  expect(claims.filter((each) => each.first)).toHaveLength(1)
})

test('also when all of them find the claim of a killed till', async () => {
  fs.writeFileSync(path.join(dir, 'running.json'), '{"port":1,"word":"of a dead till"}')
  const claims = await Promise.all(Array.from({ length: 6 }, claim))
  expect(claims.filter((each) => each.first)).toHaveLength(1)
})

test('only the user can read where the claim is', async () => {
  await claim()
  if (process.platform !== 'win32')
    expect(fs.statSync(path.join(dir, 'running.json')).mode & 0o777).toBe(0o600)
})
