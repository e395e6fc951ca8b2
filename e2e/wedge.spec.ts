import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { build } from 'vite'
import { keyboardOf, scan, typing, type Stroke } from './screens/keyboard.ts'

// More scans by KASSA_WEDGE_SCANS=5000.
const scanCount = Number(process.env['KASSA_WEDGE_SCANS'] ?? 80)

async function bundledDesk(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      lib: { entry: path.resolve(import.meta.dirname, 'wedge-desk.ts'), formats: ['iife'], name: 'bundle' },
    },
  })
  const output = Array.isArray(built) ? built[0] : built
  if (output === undefined || !('output' in output)) throw new Error('the desk was not built')
  return output.output[0].code
}

const bundles: string[] = []
test.beforeAll(async () => {
  bundles.push(await bundledDesk())
})
test.beforeEach(async ({ page }) => {
  await page.setContent('<!doctype html><div id="root"></div>')
  await page.addScriptTag({ content: bundles[0] ?? '' })
  await page.waitForSelector('#button')
})

/** Numbers that look random and are the same in every run. */
function dice(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const places = [
  'text',
  'digits',
  'short',
  'number',
  'email',
  'tel',
  'password',
  'date',
  'plain',
  'readonly',
  'area',
  'editable',
  'list',
  'check',
  'button',
  'submit',
  'link',
]

function contentOf(page: Page) {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')]
    const editable = document.querySelector('#editable')?.textContent ?? ''
    return [...fields.map((field) => `${field.id}=${field.value}`), `editable=${editable}`]
  })
}

/** A keyboard at the desk, where time is what its keys say: nothing here depends on how busy this computer is. */
async function keyboardAt(page: Page) {
  const keyboard = await keyboardOf(page)
  const pass = (ms: number) => page.evaluate((passed) => window.desk.pass(passed), ms)
  const rest = async () => {
    keyboard.wait(1000)
    await pass(1000)
  }
  return {
    ...keyboard,
    /** The window's time goes on while the keyboard's does not: keys struck meanwhile come in late. */
    stall: pass,
    rest,
    /** What a person types, and then looks at. */
    async type(text: string, gapMs: number) {
      await keyboard.strike(typing(text, gapMs))
      await rest()
    },
    async press(key: string, more: Partial<Stroke> = {}) {
      await keyboard.press(key, more)
      await rest()
    },
  }
}

const deskOf = (page: Page) =>
  page.evaluate(() => ({ scans: window.desk.scans, presses: window.desk.presses }))

test(`${scanCount} scans with the focus anywhere: none lost, nothing in a field, nothing pressed`, async ({
  page,
}) => {
  test.setTimeout(60_000 + scanCount * 300)
  const roll = dice(11)
  const keyboard = await keyboardAt(page)
  const before = await contentOf(page)
  const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-./:'
  const wanted: string[] = []
  for (let n = 0; n < scanCount; n += 1) {
    if (n % 5 === 0) await page.locator(`#${places[roll(places.length)] ?? 'text'}`).focus()
    const data = Array.from({ length: 8 + roll(33) }, () => signs[roll(signs.length)] ?? '0').join('')
    const quick = scan(data).map(({ key }, place) => ({ key, gapMs: place === 0 ? 60 : 2 + roll(14) }))
    await keyboard.strike(quick)
    wanted.push(data)
  }
  await keyboard.rest()
  expect((await deskOf(page)).scans).toEqual(wanted)
  expect((await deskOf(page)).presses).toBe(0)
  expect(await contentOf(page)).toEqual(before)
})

test('a scan changes nothing in any kind of field, nor where the focus is', async ({ page }) => {
  const keyboard = await keyboardAt(page)
  const before = await contentOf(page)
  for (const place of places) {
    await page.locator(`#${place}`).focus()
    await page.evaluate(() => window.desk.scans.splice(0))
    await keyboard.strike([...scan('7310865004703'), ...scan('96385074'), ...scan('TR 12.500', 12, 'Tab')])
    await keyboard.rest()
    expect((await deskOf(page)).scans, place).toEqual(['7310865004703', '96385074', 'TR 12.500'])
    expect(await contentOf(page), place).toEqual(before)
    expect((await deskOf(page)).presses, place).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(place)
  }
})

const typed: readonly (readonly [place: string, text: string, result: string])[] = [
  ['text', 'Kaffe 12,50', 'Kaffe 12,50'],
  ['digits', '12a34', '1234'],
  ['short', '1234567', '12345'],
  ['number', '12.50', '12.50'],
  ['email', 'a.b', 'a.b'],
  ['tel', '0701', '0701'],
  ['password', '482915', '482915'],
  ['area', 'two words', 'two words'],
  ['readonly', 'x', 'kept'],
]
for (const gapMs of [0, 60]) {
  test(`a key every ${gapMs} ms is typing in every kind of field`, async ({ page }) => {
    const keyboard = await keyboardAt(page)
    for (const [place, text, result] of typed) {
      const field = page.locator(`#${place}`)
      await field.focus()
      await keyboard.type(text, gapMs)
      await expect(field).toHaveValue(result)
      if (place !== 'area' && place !== 'readonly') await expect(field).toHaveAttribute('data-state', result)
    }
    expect((await deskOf(page)).scans).toEqual([])
  })
}

test('typing replaces what is selected, minds the caret, and Backspace comes after what was typed', async ({
  page,
}) => {
  const keyboard = await keyboardAt(page)
  const field = page.locator('#plain')
  await field.focus()
  await field.selectText()
  await keyboard.strike([...typing('abcd', 5), { key: 'Backspace', gapMs: 5 }])
  await keyboard.rest()
  await expect(field).toHaveValue('abc')
  await keyboard.press('Home')
  await keyboard.type('12', 5)
  await expect(field).toHaveValue('12abc')
})

test('what was typed can be undone', async ({ page }) => {
  const keyboard = await keyboardAt(page)
  const field = page.locator('#plain')
  await field.focus()
  await field.selectText()
  await keyboard.type('x', 60)
  await expect(field).toHaveValue('x')
  await keyboard.press('z', { ctrl: true })
  await expect(field).toHaveValue('kept')
})

test('typing lands in an editable block and chooses from a list', async ({ page }) => {
  const keyboard = await keyboardAt(page)
  await page.locator('#editable').focus()
  await keyboard.type('note', 20)
  await expect(page.locator('#editable')).toHaveText('note')
  await page.locator('#list').focus()
  await keyboard.press('p')
  await expect(page.locator('#list')).toHaveValue('Pear')
})

test('a date is typed as ever, and a scan leaves a typed date as it was', async ({ page }) => {
  const keyboard = await keyboardAt(page)
  await page.locator('#date').focus()
  await keyboard.type('12312025', 60)
  await expect(page.locator('#date')).toHaveValue('2025-12-31')
  await keyboard.press('ArrowLeft')
  await keyboard.strike(scan('7310865004703'))
  expect((await deskOf(page)).scans).toEqual(['7310865004703'])
  await expect(page.locator('#date')).toHaveValue('2025-12-31')
  await expect(page.locator('#date')).toHaveAttribute('data-state', '2025-12-31')
})

test('a person presses a button with Enter and with Space, once each', async ({ page }) => {
  const keyboard = await keyboardAt(page)
  await page.locator('#button').focus()
  await keyboard.press('Enter')
  await keyboard.press(' ')
  expect((await deskOf(page)).presses).toBe(2)
})

test('a digit and Enter right after it submit the form with the digit in it', async ({ page }) => {
  const keyboard = await keyboardAt(page)
  await page.locator('#text').focus()
  await keyboard.strike([
    { key: '7', gapMs: 60 },
    { key: 'Enter', gapMs: 5 },
  ])
  await keyboard.rest()
  await expect(page.locator('#text')).toHaveValue('7')
  expect((await deskOf(page)).presses).toBe(1)
})

test('what a scan has typed while the window was stuck is taken back out', async ({ page }) => {
  const keyboard = await keyboardAt(page)
  const field = page.locator('#text')
  await field.focus()
  await keyboard.type('ab', 60)
  await expect(field).toHaveValue('ab')
  const whole = scan('7310865004703')
  await keyboard.strike(whole.slice(0, 5))
  await keyboard.stall(200)
  await expect(field).toHaveValue('ab73108')
  await keyboard.strike(whole.slice(5))
  await expect(field).toHaveValue('ab')
  await expect(field).toHaveAttribute('data-state', 'ab')
  expect((await deskOf(page)).scans).toEqual(['7310865004703'])
})

test('it is taken back out of the field that the page has led it to, as a search that begins by typing', async ({
  page,
}) => {
  const keyboard = await keyboardAt(page)
  await page.evaluate(() => {
    window.addEventListener('keydown', ({ target }) => {
      if (target === document.body) document.querySelector<HTMLInputElement>('#text')?.focus()
    })
  })
  const whole = scan('7310865004703')
  await keyboard.strike(whole.slice(0, 1))
  await keyboard.stall(200)
  await expect(page.locator('#text')).toHaveValue('7')
  await keyboard.strike(whole.slice(1))
  await expect(page.locator('#text')).toHaveValue('')
  expect((await deskOf(page)).scans).toEqual(['7310865004703'])
})

test('a dialog that opens under a scan, and stays open under the next, changes nothing', async ({ page }) => {
  const keyboard = await keyboardAt(page)
  await page.evaluate(() => {
    window.desk.opensDialogAfter = 1
  })
  await page.locator('#text').focus()
  const next = scan('4006381333931')
  await keyboard.strike([...scan('7310865004703'), ...next])
  await keyboard.strike(next.slice(0, 6))
  await page.evaluate(() => document.querySelector<HTMLDialogElement>('#dialog')?.close())
  await keyboard.strike(next.slice(6))
  expect((await deskOf(page)).scans).toEqual(['7310865004703', '4006381333931', '4006381333931'])
  expect((await deskOf(page)).presses).toBe(0)
  await expect(page.locator('#text')).toHaveValue('')
  await expect(page.locator('#inDialog')).toHaveValue('')
})

test('typing in between scans stays in the field, whole and in order', async ({ page }) => {
  const keyboard = await keyboardAt(page)
  const roll = dice(5)
  await page.locator('#text').focus()
  let wanted = ''
  for (let n = 0; n < 25; n += 1) {
    const words = Array.from({ length: 1 + roll(5) }, () => 'abc123 '[roll(7)] ?? 'a').join('')
    const person = typing(words, 40).map(({ key }) => ({ key, gapMs: 40 + roll(120) }))
    await keyboard.strike([...person, ...scan('7310865004703', 2 + roll(14))])
    wanted += words
  }
  await keyboard.rest()
  await expect(page.locator('#text')).toHaveValue(wanted)
  expect((await deskOf(page)).scans).toEqual(Array.from({ length: 25 }, () => '7310865004703'))
})

test('the page’s own keys still come to it, and a scan’s never do', async ({ page }) => {
  const keyboard = await keyboardAt(page)
  await page.locator('#button').focus()
  await keyboard.strike(scan('7310865004703'))
  await keyboard.rest()
  expect(await page.evaluate(() => window.desk.keysSeen)).toBe('')
  await keyboard.press('*')
  await keyboard.press('F9')
  expect(await page.evaluate(() => window.desk.keysSeen)).toBe('*F9')
})

test('once taken off, the wedge leaves all keys alone', async ({ page }) => {
  const keyboard = await keyboardAt(page)
  await page.evaluate(() => window.desk.detach())
  await page.locator('#text').focus()
  await keyboard.strike(scan('7310865004703'))
  await expect(page.locator('#text')).toHaveValue('7310865004703')
  expect((await deskOf(page)).scans).toEqual([])
})
