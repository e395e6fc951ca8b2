import fc from 'fast-check'
import { expect, test } from 'vitest'
import { usText } from './us-keyboard.ts'
import { deskWithKeyboard, scanned, strokes, type Stroke } from './wedge.fake.ts'

const ean = '7310865004703'

test('a scan is read and leaves nothing in the field and presses nothing', () => {
  const desk = deskWithKeyboard()
  desk.strike(scanned(ean, 0))
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [ean], field: '', presses: 0 })
})

test('the same article scanned twice counts twice', () => {
  const desk = deskWithKeyboard()
  desk.strike([...scanned(ean, 0), ...scanned(ean, 90)])
  expect(desk.seen().scans).toEqual([ean, ean])
})

test('a person’s typing lands in the field, in order, and is no scan', () => {
  const desk = deskWithKeyboard()
  desk.strike([...strokes('12345678', 0, 60, 80), { key: 'Enter', atMs: 600 }])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [], field: '12345678', presses: 1 })
})

test('a press right after the last key finds the field filled in', () => {
  const desk = deskWithKeyboard()
  desk.strike(strokes('004610027501', 0, 1))
  desk.wedge.settle()
  expect(desk.seen()).toEqual({ scans: [], field: '004610027501', presses: 0 })
})

test('a press in the middle of a scan with a prefix breaks nothing', () => {
  const desk = deskWithKeyboard({ prefix: 'F13' })
  desk.strike([{ key: 'F13', atMs: 0 }, ...strokes('7310', 10, 5)])
  desk.wedge.settle()
  desk.strike(scanned('865004703', 40))
  expect(desk.seen()).toEqual({ scans: ['7310865004703'], field: '', presses: 0 })
})

test('a quick roll over two or three keys is typed in the order it was struck', () => {
  const desk = deskWithKeyboard()
  desk.strike([...strokes('the', 0, 12, 70), ...strokes('re', 130, 20, 70)])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [], field: 'there', presses: 0 })
})

test('a lone key appears after the longest gap of a scan, not later', () => {
  const desk = deskWithKeyboard()
  desk.strike([{ key: 'a', atMs: 0 }])
  desk.passTo(34)
  expect(desk.seen().field).toBe('')
  desk.passTo(36)
  expect(desk.seen().field).toBe('a')
})

test('a digit and Enter struck together are a person’s: typed first, then pressed', () => {
  const desk = deskWithKeyboard()
  desk.strike(scanned('12', 0, 15))
  expect(desk.seen()).toEqual({ scans: [], field: '12', presses: 1 })
})

test('the three zeros of a till key are typed', () => {
  const desk = deskWithKeyboard()
  desk.strike([...strokes('5', 0, 1), ...strokes('000', 200, 4), { key: 'Enter', atMs: 600 }])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [], field: '5000', presses: 1 })
})

test('the three zeros of a till key, struck again and again, are typed', () => {
  const desk = deskWithKeyboard()
  desk.strike([0, 1, 2, 3].flatMap((time) => strokes('000', time * 90, 3)))
  desk.strike([{ key: 'Enter', atMs: 360 }])
  expect(desk.seen()).toEqual({ scans: [], field: '000000000000', presses: 1 })
})

test('a key held down repeats into the field', () => {
  const desk = deskWithKeyboard()
  const repeats = [0, 1, 2, 3, 4, 5].map((n) => ({ key: '0', atMs: 300 + n * 30, with: { repeat: true } }))
  desk.strike([{ key: '0', atMs: 0, dwellMs: 500 }, ...repeats])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [], field: '0000000', presses: 0 })
})

test('chords, function keys and composed text pass untouched', () => {
  const desk = deskWithKeyboard()
  const verdict = (key: string, extra: Stroke['with']) => {
    const none = { shift: false, ctrl: false, alt: false, meta: false, altGraph: false }
    const plain = { ...none, repeat: false, composing: false, focus: 'text', source: key } as const
    return desk.wedge.handleKey({ ...plain, key, code: key, atMs: 0, ...extra })
  }
  expect(verdict('c', { ctrl: true })).toBe('pass')
  expect(verdict('x', { alt: true })).toBe('pass')
  expect(verdict('F9', {})).toBe('pass')
  expect(verdict('Escape', {})).toBe('pass')
  expect(verdict('a', { composing: true })).toBe('pass')
  expect(verdict('Dead', {})).toBe('pass')
  expect(verdict('ê', {})).toBe('pass')
  expect(verdict('@', { ctrl: true, alt: true, altGraph: true })).toBe('hold')
})

test('a first space passes, so that it presses the button it is on', () => {
  const desk = deskWithKeyboard()
  desk.strike([{ key: ' ', atMs: 0, dwellMs: 60 }])
  expect(desk.seen().field).toBe(' ')
})

test('spaces within a bar code belong to it', () => {
  const desk = deskWithKeyboard()
  desk.strike(scanned('AB 12 CD', 0))
  expect(desk.seen()).toEqual({ scans: ['AB 12 CD'], field: '', presses: 0 })
})

test('Backspace after a held key finds the key typed already', () => {
  const desk = deskWithKeyboard()
  desk.strike([
    { key: 'a', atMs: 0 },
    { key: 'Backspace', atMs: 20 },
  ])
  expect(desk.seen().field).toBe('a')
})

test.each(['Tab', 'Enter'])('%s ends a scan', (end) => {
  const desk = deskWithKeyboard()
  desk.strike(scanned(ean, 0, 5, end))
  expect(desk.seen()).toEqual({ scans: [ean], field: '', presses: 0 })
})

test('a second Enter, as in CR LF, presses nothing either', () => {
  const desk = deskWithKeyboard()
  desk.strike([...scanned(ean, 0, 5), { key: 'Enter', atMs: 70 }, { key: 'Enter', atMs: 400 }])
  expect(desk.seen()).toEqual({ scans: [ean], field: '', presses: 1 })
})

test('one hiccup of the machine within a long scan does not break it', () => {
  const desk = deskWithKeyboard()
  desk.strike([...strokes(ean.slice(0, 8), 0, 5), ...scanned(ean.slice(8), 130, 5)])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [ean], field: '', presses: 0 })
})

test('a scanner that stutters so long that its first keys were typed gets them taken back out', () => {
  const desk = deskWithKeyboard()
  desk.strike([...strokes(ean.slice(0, 5), 0, 5), ...scanned(ean.slice(5), 100, 5)])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [ean], field: '', presses: 0 })
})

test('an end key that comes late after a scan is taken as its end all the same', () => {
  const desk = deskWithKeyboard()
  desk.strike([...strokes('96385074', 0, 15), { key: 'Enter', atMs: 220 }])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: ['96385074'], field: '', presses: 0 })
})

test('a person’s last keys before a scan stay typed', () => {
  const desk = deskWithKeyboard()
  desk.strike([...strokes('ab', 0, 20, 10), ...scanned(ean, 120, 5)])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [ean], field: 'ab', presses: 0 })
})

test('keys that reach a busy window in two heaps are one scan by the times they were struck', () => {
  const desk = deskWithKeyboard()
  desk.strike(strokes(ean.slice(0, 2), 0, 5))
  desk.passTo(400)
  expect(desk.seen().field).toBe('73')
  desk.strike(scanned(ean.slice(2), 10, 5))
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [ean], field: '', presses: 0 })
})

test('away from fields, a scan that comes in two heaps is not taken for two', () => {
  const desk = deskWithKeyboard({}, 'none')
  desk.strike(strokes(ean.slice(0, 9), 0, 5))
  desk.passTo(250)
  desk.strike(scanned(ean.slice(9), 45, 5))
  desk.settle()
  expect(desk.seen().scans).toEqual([ean])
})

test('a window too busy to run its timers loses no scan', () => {
  const desk = deskWithKeyboard()
  desk.strike(strokes(ean.slice(0, 3), 0, 5))
  desk.busyUntil(400)
  desk.passTo(401)
  desk.strike(scanned(ean.slice(3), 15, 5))
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [ean], field: '', presses: 0 })
})

test('a person’s key struck into a scan is typed, and the scan is whole', () => {
  const desk = deskWithKeyboard()
  desk.strike([...scanned(ean, 10, 5), { key: 'x', atMs: 22, dwellMs: 90 }])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [ean], field: 'x', presses: 0 })
})

test('a scanner that sends no key-ups is read all the same', () => {
  const desk = deskWithKeyboard()
  desk.strike(scanned('ABCDEFGH', 0).map((stroke) => ({ ...stroke, dwellMs: 500 })))
  expect(desk.seen()).toEqual({ scans: ['ABCDEFGH'], field: '', presses: 0 })
})

test('away from fields, eight quick keys are a scan even when its Enter is lost, and a late one presses nothing', () => {
  const desk = deskWithKeyboard({}, 'none')
  desk.strike([...strokes(ean, 0, 5), { key: 'Enter', atMs: 300 }])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [ean], field: '', presses: 0 })
})

test('only the late end key of a scan presses nothing: the next one is a person’s', () => {
  const desk = deskWithKeyboard({}, 'none')
  desk.strike([...strokes(ean, 0, 5), { key: 'Enter', atMs: 100 }, { key: 'Enter', atMs: 300 }])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [ean], field: '', presses: 1 })
})

test('in a field, quick keys without an end are typed', () => {
  const desk = deskWithKeyboard()
  desk.strike(strokes('Sample shop', 0, 5))
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [], field: 'Sample shop', presses: 0 })
})

test('a scanner that sends no end key is read by its speed when it is set so', () => {
  const desk = deskWithKeyboard({ suffix: 'none' })
  desk.strike([...strokes(ean, 0, 5), ...strokes('abc', 500, 80)])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [ean], field: 'abc', presses: 0 })
})

test('a PIN typed by a machine into its field is no scan, a bar code is', () => {
  const desk = deskWithKeyboard({}, 'secret')
  desk.strike([...scanned('1234', 0), ...scanned(ean, 500)])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [ean], field: '1234', presses: 1 })
})

test('in a date field the keys pass and a scan is taken back out', () => {
  const desk = deskWithKeyboard({}, 'segmented')
  desk.strike([...strokes('2026', 0, 80), ...scanned(ean, 900)])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [ean], field: '2026', presses: 0 })
})

test.each(['F13', 'Control+b'])('after the prefix %s even a slow and short code is certain', (prefix) => {
  const desk = deskWithKeyboard({ prefix })
  const mark = prefix === 'F13' ? { key: 'F13', atMs: 0 } : { key: 'b', atMs: 0, with: { ctrl: true } }
  desk.strike([mark, ...scanned('A1', 100, 150)])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: ['A1'], field: '', presses: 0 })
})

test('with a prefix set nothing a person types is held back, however quick', () => {
  const desk = deskWithKeyboard({ prefix: 'F13' })
  desk.strike(scanned('123456789', 0, 5))
  expect(desk.seen()).toEqual({ scans: [], field: '123456789', presses: 1 })
})

test('a printable prefix is taken off a scan and typed when a person types it', () => {
  const desk = deskWithKeyboard({ prefix: '~' })
  desk.strike([...scanned('~A~1', 0), ...strokes('a~b', 500, 90)])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: ['A~1'], field: 'a~b', presses: 0 })
})

test('a scanner set to US keys is read by key position, what a person types is not', () => {
  expect(usText('Slash', true, '_')).toBe('?')
  expect(usText('KeyZ', false, 'y')).toBe('z')
  expect(usText('Numpad7', false, '7')).toBe('7')
  const desk = deskWithKeyboard({ layout: 'us' })
  const colon = { key: 'Ö', atMs: 20, with: { code: 'Semicolon', shift: true } }
  desk.strike([...strokes('HTTP', 0, 5), colon, ...scanned('1234', 25, 5)])
  desk.strike([{ key: 'Ö', atMs: 900, with: { code: 'Semicolon', shift: true } }])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: ['HTTP:1234'], field: 'Ö', presses: 0 })
})

test('a sign of a US scanner that is a dead key of the till is read all the same, a person’s dead key is left alone', () => {
  const desk = deskWithKeyboard({ layout: 'us' })
  const equals = { key: 'Dead', atMs: 40, with: { code: 'Equal' } }
  const b = { key: 'b', atMs: 45, with: { code: 'KeyB' } }
  desk.strike([...strokes('ABCDEF12', 0, 5), equals, b, { key: 'Enter', atMs: 50 }])
  desk.strike([{ ...equals, atMs: 900 }, ...strokes('e', 990, 5)])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: ['ABCDEF12=b'], field: 'e', presses: 0 })
})

test('a scanner on a Swedish keyboard types the AIM identifier’s ] with AltGr, and is read whole', () => {
  const desk = deskWithKeyboard()
  const altGr = { key: 'AltGraph', atMs: 0, with: { code: 'AltRight' } }
  const bracket = { key: ']', atMs: 4, with: { ctrl: true, alt: true, altGraph: true, code: 'Digit9' } }
  desk.strike([altGr, bracket, ...scanned('C0991308500305', 12, 4)])
  desk.settle()
  expect(desk.seen()).toEqual({ scans: [']C0991308500305'], field: '', presses: 0 })
})

const codeCharacters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-./+$%:'.split('')
const code = fc
  .array(fc.constantFrom(...codeCharacters), { minLength: 8, maxLength: 40 })
  .map((all) => all.join(''))
const gaps = fc.array(fc.integer({ min: 2, max: 15 }), { minLength: 41, maxLength: 41 })
const typing = fc.array(
  fc.record({
    key: fc.constantFrom(...'abcdefgh0123456789 åäö'.split('')),
    gapMs: fc.integer({ min: 45, max: 220 }),
  }),
  { maxLength: 6 },
)

test('5,000 scans at 2 to 15 ms a key among typing: none lost, nothing in the field, nothing pressed', () => {
  const desk = deskWithKeyboard()
  const wantedScans: string[] = []
  let wantedField = ''
  let atMs = 0
  const journey = fc.record({ code, gaps, typing, end: fc.constantFrom('Enter', 'Tab') })
  for (const { code, gaps, typing, end } of fc.sample(journey, { numRuns: 5000, seed: 7 })) {
    const all: Stroke[] = []
    for (const { key, gapMs } of typing) {
      atMs += gapMs
      all.push({ key, atMs, dwellMs: 40 })
    }
    atMs += 60
    for (const [place, key] of [...code.split(''), end].entries()) {
      all.push({ key, atMs, dwellMs: 1 })
      atMs += gaps[place] ?? 5
    }
    atMs += 60
    desk.strike(all)
    wantedScans.push(code)
    wantedField += typing.map((stroke) => stroke.key).join('')
  }
  desk.settle()
  expect(desk.seen().scans).toEqual(wantedScans)
  expect(desk.seen().field).toBe(wantedField)
  expect(desk.seen().presses).toBe(0)
})

test('2,000 scans into a window that gets stuck anywhere within them: none lost, nothing left in the field', () => {
  const desk = deskWithKeyboard()
  const wanted: string[] = []
  let atMs = 0
  const stuck = fc.record({ code, gaps, at: fc.nat(40), forMs: fc.integer({ min: 0, max: 400 }) })
  for (const { code, gaps, at, forMs } of fc.sample(stuck, { numRuns: 2000, seed: 3 })) {
    let freeMs = 0
    const all = [...code.split(''), 'Enter'].map((key, place): Stroke => {
      atMs += gaps[place] ?? 5
      if (place === at) freeMs = atMs + forMs
      return { key, atMs, dwellMs: 1, arrivesMs: freeMs }
    })
    desk.strike(all)
    atMs = Math.max(atMs, freeMs) + 150
    wanted.push(code)
  }
  desk.settle()
  expect(desk.seen()).toEqual({ scans: wanted, field: '', presses: 0 })
})

test('no typing of a person is ever a scan: rolls, bursts and Enter land as they were struck', () => {
  // Two keys may come at once, a third no sooner than 36 ms after the first of a roll.
  const roll = fc.record({
    keys: fc.array(fc.constantFrom(...'0123456789abcdef'.split('')), { minLength: 1, maxLength: 3 }),
    quickMs: fc.integer({ min: 1, max: 34 }),
    restMs: fc.integer({ min: 36, max: 150 }),
    enters: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(roll, { maxLength: 30 }), (rolls) => {
      const desk = deskWithKeyboard()
      let atMs = 0
      let wanted = ''
      for (const { keys, quickMs, restMs, enters } of rolls) {
        desk.strike(strokes(keys.join(''), atMs, quickMs, 60).map((stroke) => ({ ...stroke, dwellMs: 1 })))
        atMs += quickMs * (keys.length - 1) + restMs
        wanted += keys.join('')
        if (!enters) continue
        desk.strike([{ key: 'Enter', atMs, dwellMs: 1 }])
        atMs += restMs
      }
      desk.settle()
      expect(desk.seen()).toEqual({
        scans: [],
        field: wanted,
        presses: rolls.filter(({ enters }) => enters).length,
      })
    }),
    { numRuns: 300 },
  )
})
