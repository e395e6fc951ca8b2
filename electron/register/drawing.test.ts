import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { machinePage } from './drawing.ts'

test('docs/payment-machine.md shows the machine as the code has it', () => {
  const file = path.resolve(import.meta.dirname, '../../docs/payment-machine.md')
  const drawn = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  expect(drawn, 'draw it anew: node electron/register/drawing.ts > docs/payment-machine.md').toBe(
    machinePage(),
  )
})

test('the drawing has every stage, and every end is an end', () => {
  const page = machinePage()
  for (const stage of [
    'sending',
    'waiting',
    'canceling',
    'reserved',
    'completing',
    'paid',
    'lapsed',
    'notSent',
  ])
    expect(page).toContain(`\`${stage}\``)
  for (const end of ['paid', 'canceled', 'lapsed', 'failed', 'refused', 'notSent']) {
    expect(page).toContain(`  ${end} --> [*]`)
    expect(page).not.toMatch(new RegExp(`^  ${end} --> [a-z]`, 'm'))
  }
})

test('nothing but the service’s own word leads to paid', () => {
  const toPaid = machinePage()
    .split('\n')
    .filter((line) => line.includes('--> paid :'))
  expect(toPaid.length).toBeGreaterThan(3)
  for (const line of toPaid) expect(line).toMatch(/: PAID$/)
})
