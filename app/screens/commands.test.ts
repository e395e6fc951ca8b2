import { expect, test } from 'vitest'
import { stepBack } from './commands.ts'
import { createUiStore, paying, tell, type UiState } from './ui-store.ts'

const state = (part: Partial<UiState> = {}) => createUiStore(part).getState()
const pin = { permission: 'administrator', answer: () => {} } as const

test('Esc goes back one step at a time, the uppermost first', () => {
  const all = { helpOpen: true, pin, settling: true, dialog: { kind: 'cash' }, query: 'kaffe' } as const
  expect(stepBack(state(all), false)).toEqual({ helpOpen: false })
  expect(stepBack(state({ ...all, helpOpen: false }), false)).toEqual({ pin: null })
  expect(stepBack(state({ dialog: { kind: 'cash' }, query: 'kaffe' }), false)).toEqual({ dialog: null })
  expect(stepBack(state({ screen: 'papers' }), false)).toMatchObject({ screen: 'sale' })
  expect(stepBack(state({ query: 'kaffe' }), false)).toEqual({ query: '' })
  expect(stepBack(state(), false)).toBeNull()
})

test('Esc never cancels or leaves a payment', () => {
  expect(stepBack(state(), true)).toBeNull()
  expect(stepBack(state({ dialog: { kind: 'menu' }, query: 'x' }), true)).toBeNull()
  expect(stepBack(state({ settling: true }), true)).toEqual({ settling: false })
})

test('each message replaces the one before and is told as a new one', () => {
  const ui = createUiStore()
  tell(ui, 'bad', 'No article has the code 1')
  const first = ui.getState().message
  tell(ui, 'good', 'Added: Kanelbulle')
  expect(ui.getState().message).toMatchObject({ tone: 'good', says: 'Added: Kanelbulle' })
  expect(ui.getState().message?.id).not.toBe(first?.id)
})

test('what went wrong before a payment is over with it; what was told meanwhile stays', async () => {
  const ui = createUiStore()
  tell(ui, 'bad', 'No article has the code 1')
  expect(await paying(ui, () => Promise.resolve(false))).toBe(false)
  expect(ui.getState().message?.says).toBe('No article has the code 1')
  expect(await paying(ui, () => Promise.resolve(true))).toBe(true)
  expect(ui.getState().message).toBeNull()
  const told = paying(ui, () => {
    tell(ui, 'attention', 'A SEQR payment was taken after all')
    return Promise.resolve(true)
  })
  expect(await told).toBe(true)
  expect(ui.getState().message?.says).toBe('A SEQR payment was taken after all')
})
