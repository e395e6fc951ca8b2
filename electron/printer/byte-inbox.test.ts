import { expect, test } from 'vitest'
import { byteInbox } from './byte-inbox.ts'
import { isAnswerInOrder, isStatusAnswer } from './escpos-status.ts'

test('answers of each kind are found whatever order they come in', async () => {
  const inbox = byteInbox()
  inbox.push(Uint8Array.of(0x12, 0x00, 0x16))
  expect(await inbox.next(isAnswerInOrder, 10)).toBe(0x00)
  expect(await inbox.next(isStatusAnswer, 10)).toBe(0x12)
  expect(await inbox.next(isStatusAnswer, 10)).toBe(0x16)
  expect(await inbox.next(isStatusAnswer, 10)).toBeNull()
})

test('an answer that comes while it is waited for is taken at once', async () => {
  const inbox = byteInbox()
  const answer = inbox.next(isStatusAnswer, 5_000)
  inbox.push(Uint8Array.of(0x12))
  expect(await answer).toBe(0x12)
})

test('an automatic status, even in pieces, is never taken for an answer', async () => {
  const inbox = byteInbox()
  inbox.push(Uint8Array.of(0x18, 0x00))
  inbox.push(Uint8Array.of(0x0c, 0x0f, 0x12))
  expect(await inbox.next(isAnswerInOrder, 10)).toBeNull()
  expect(await inbox.next(isStatusAnswer, 10)).toBe(0x12)
})

test('late answers can be dropped, and a shut inbox keeps nobody waiting', async () => {
  const inbox = byteInbox()
  inbox.push(Uint8Array.of(0x12, 0x00))
  inbox.drop(isStatusAnswer)
  expect(await inbox.next(isStatusAnswer, 10)).toBeNull()
  expect(await inbox.next(isAnswerInOrder, 10)).toBe(0x00)
  const waiting = inbox.next(isStatusAnswer, 60_000)
  inbox.shut()
  expect(await waiting).toBeNull()
})
