import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeXml, printable, readXml } from './xml.ts'

const reasonOf = (text: string) => {
  const read = readXml(text)
  return read.ok ? 'ok' : read.reason
}

test('prefixed, default and undeclared namespaces are told apart', () => {
  const read = readXml('<a:x xmlns:a="urn:a"><y xmlns="urn:y"><z/></y><a:w xmlns:a="urn:b"/><v/></a:x>')
  expect(read).toMatchObject({
    ok: true,
    root: {
      name: 'x',
      namespace: 'urn:a',
      children: [
        { name: 'y', namespace: 'urn:y', children: [{ name: 'z', namespace: 'urn:y' }] },
        { name: 'w', namespace: 'urn:b' },
        { name: 'v', namespace: '' },
      ],
    },
  })
})

test('references, CDATA and comments come out as the text they stand for', () => {
  const read = readXml(
    "<?xml version='1.0' encoding='utf-8'?><!-- a --><a>1 &lt;&#50;&#x33;<![CDATA[<&]]]]><!--b-->!</a>\n",
  )
  expect(read).toMatchObject({ ok: true, root: { text: '1 <23<&]]!' } })
})

test('a value that is nil is marked so', () => {
  const instance = 'http://www.w3.org/2001/XMLSchema-instance'
  expect(readXml(`<a xmlns:i="${instance}" i:nil="true"/>`)).toMatchObject({ root: { nil: true } })
  expect(readXml('<a nil="true"/>')).toMatchObject({ root: { nil: false } })
})

test.each([
  ['<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>', 'documentType'],
  ['<!DOCTYPE a><a/>', 'documentType'],
  ['<a><!ELEMENT b></a>', 'documentType'],
  ['<a><?php ?></a>', 'instruction'],
  ['<?xml version="1.0" encoding="ISO-8859-1"?><a/>', 'encoding'],
  ['', 'malformed'],
  ['no XML', 'malformed'],
  ['<a>', 'malformed'],
  ['<a></b>', 'malformed'],
  ['<a/><b/>', 'malformed'],
  ['<a/>text', 'malformed'],
  ['<a b=1/>', 'malformed'],
  ['<a b="1" b="2"/>', 'malformed'],
  ['<a b="<"/>', 'malformed'],
  ['<p:a/>', 'malformed'],
  ['<a>&unknown;</a>', 'malformed'],
  ['<a>AT&T</a>', 'malformed'],
  ['<a>&#0;</a>', 'malformed'],
  ['<a>&#x110000;</a>', 'malformed'],
  ['<a>&#xD800;</a>', 'malformed'],
  ['<a>\u0001</a>', 'malformed'],
  ['<a>]]></a>', 'malformed'],
  ['<a><![CDATA[</a>', 'malformed'],
  ['<![CDATA[a]]><a/>', 'malformed'],
  ['<a><!-- </a>', 'malformed'],
  ['{"json": true}', 'malformed'],
])('%j is not read: %s', (text, reason) => {
  expect(reasonOf(text)).toBe(reason)
})

test('depth, number of elements and number of attributes are bounded', () => {
  expect(reasonOf('<a>'.repeat(32) + '</a>'.repeat(32))).toBe('ok')
  expect(reasonOf('<a>'.repeat(33) + '</a>'.repeat(33))).toBe('tooDeep')
  expect(reasonOf('<a>'.repeat(300_000))).toBe('tooDeep')
  expect(reasonOf(`<a>${'<b/>'.repeat(10_000)}</a>`)).toBe('tooMany')
  const attributes = Array.from({ length: 33 }, (_, index) => `a${index}="1"`)
  expect(reasonOf(`<a ${attributes.join(' ')}/>`)).toBe('tooMany')
})

// Each of these made a careless reader take time that grows with the square of its length.
test.each([
  '<',
  '<!--',
  '<![CDATA[',
  '<a',
  '<a b="',
  '&',
  '&#',
  '<?xml ',
  ']]>',
  ' ',
  '</',
  '<a:b ',
  '<a><!---->',
])('a megabyte of %j is over in one pass', (piece) => {
  const flood = piece.repeat(Math.ceil(1_048_576 / piece.length))
  for (const text of [
    flood,
    `<a>${flood}`,
    `<a b="${flood}`,
    `<a><![CDATA[${flood}]]>`,
    `<a${' '.repeat(1_000_000)}${piece}`,
  ])
    expect(['malformed', 'documentType', 'instruction', 'tooDeep', 'tooMany']).toContain(reasonOf(text))
})

test('any text survives being written and read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = readXml(`<a>${escapeXml(text)}</a>`)
      expect(read.ok && read.root.text).toBe(printable(text))
    }),
  )
})

test('no mixture of markup makes the reader throw', () => {
  const pieces = [
    '<',
    '</',
    '>',
    '/>',
    'a',
    'a:b',
    ' ',
    '=',
    '"',
    "'",
    '&amp;',
    '&',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
  ]
  const names = [
    'xmlns="u"',
    'xmlns:a="u"',
    '<a>',
    '</a>',
    '<?xml version="1.0"?>',
    '<__proto__>',
    '\u0000',
    '\uD800',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces, ...names)), (parts) => {
      expect(readXml(parts.join(''))).toHaveProperty('ok')
    }),
    { numRuns: 2000 },
  )
})
