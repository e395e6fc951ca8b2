import { expect, test } from 'vitest'
import type { Pos } from '../link.ts'
import { upload } from './upload.ts'

function keeping(failAt = -1) {
  const parts: string[] = []
  const catalogue = {
    beginUpload: () => Promise.resolve({ ok: true, uploadId: 'u1' }),
    addToUpload: ({ index, base64 }: { index: number; base64: string }) => {
      if (index === failAt) return Promise.resolve({ ok: false, reason: 'notFound' })
      parts[index] = base64
      return Promise.resolve({ ok: true })
    },
  } as unknown as Pos['catalogue']
  return { catalogue, parts }
}

test('a file arrives byte by byte as it is, in parts that a wire takes', async () => {
  const bytes = Uint8Array.from({ length: 250_000 }, (_, index) => (index * 7) % 256)
  const { catalogue, parts } = keeping()
  const shares: number[] = []
  expect(await upload({ catalogue }, bytes, (share) => shares.push(share))).toEqual({
    ok: true,
    uploadId: 'u1',
  })
  expect(parts).toHaveLength(3)
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(200_000)
  expect(Buffer.concat(parts.map((part) => Buffer.from(part, 'base64'))).equals(Buffer.from(bytes))).toBe(
    true,
  )
  expect(shares.at(-1)).toBe(1)
})

test('an upload that is refused half way ends there', async () => {
  const { catalogue } = keeping(1)
  expect(await upload({ catalogue }, new Uint8Array(250_000))).toMatchObject({ reason: 'notFound' })
})
