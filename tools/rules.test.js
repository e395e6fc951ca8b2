import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { project } from './project.js'

// The pages docs/rules-*.md say which tests show which rule: `path/of/it.test.ts` › “its name”, “another's”.

const pages = readdirSync(path.join(project, 'docs')).filter((name) => /^rules-.*\.md$/.test(name))
const citation = /`([^`\n]+\.(?:test|spec)\.[jt]sx?)` › (“[^”\n]+”(?:, “[^”\n]+”)*)/g
const textOf = (page) => readFileSync(path.join(project, 'docs', page), 'utf8')
const sourceOf = (file) =>
  existsSync(path.join(project, file)) ? readFileSync(path.join(project, file), 'utf8') : null

const patternOf = (text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/**
 * Whether a test of this whole name would run: it stands in any quotes, its own quotes perhaps escaped, right behind
 * `test(` or the tables of `test.each`, and is neither skipped nor a comment. Why it may be skipped on some machine can
 * follow it as a `${variable}`. A bar is escaped in a table.
 */
function isTestOf(source, name) {
  const quoted = patternOf(name.replaceAll('\\|', '|'))
  const called = new RegExp(`^(.*)\\((?:\\n\\s*)?(['"\`])${quoted}(?:\\$\\{\\w+\\})?\\2,`, 'gm')
  const heads = [...source.replaceAll(/\\(['"`])/g, '$1').matchAll(called)].map(([, head]) => head.trim())
  return heads.some((head) => !head.startsWith('//') && !/\.(?:skip|todo|fails)$/.test(head))
}

/** What a page names that is not there, and every › that stands in no citation. */
function missingOf(text, read) {
  const cited = [...text.matchAll(citation)]
  const loose = text.split('›').length - 1 - cited.length
  return [
    ...(loose === 0 ? [] : [`${loose} times › is not: \`file\` › “name”, “name”`]),
    ...cited.flatMap(([, file, names]) => missingIn(file, names.slice(1, -1).split('”, “'), read(file))),
  ]
}

function missingIn(file, names, source) {
  if (source === null) return [`${file}: there is no such file`]
  return names.filter((name) => !isTestOf(source, name)).map((name) => `${file}: no test is called “${name}”`)
}

/** The rows of a page's tables that name no test. */
const rowsWithout = (text) => rowsOf(text).filter((row) => !/` › “/.test(row))
const rowsOf = (text) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| Rule') && !line.startsWith('| ---'))

test.each(pages)('each test that docs/%s names is there', (page) => {
  expect(missingOf(textOf(page), sourceOf)).toEqual([])
})

test.each(pages)('docs/%s names a test for each rule', (page) => {
  expect(rowsOf(textOf(page)).length).toBeGreaterThan(0)
  expect(rowsWithout(textOf(page))).toEqual([])
})

const source = `
test('a drawer opens', () => {})
test(
  "the buyer's phone | rings",
  async () => {},
)
test.each([[1], [2]])('%i is even', () => {})
test.skipIf(why !== '')(\`a real port\${why}\`, () => {})
test.skip('later', () => {})
// test('gone', () => {})
`
const read = (file) => (file === 'a.test.ts' ? source : null)

test('names are found in every kind of quotes, over a line break and behind a table', () => {
  const page = "| x | `a.test.ts` › “a drawer opens”, “the buyer's phone \\| rings”, “%i is even” |"
  expect(missingOf(page, read)).toEqual([])
  expect(rowsWithout(page)).toEqual([])
})

test.each([
  ['`b.test.ts` › “a drawer opens”', 'b.test.ts: there is no such file'],
  ['`a.test.ts` › “a drawer”', 'a.test.ts: no test is called “a drawer”'],
  ['`a.test.ts` › “a drawer opens”, “it shuts”', 'a.test.ts: no test is called “it shuts”'],
  ['`a.test.ts` › “later”', 'a.test.ts: no test is called “later”'],
  ['`a.test.ts` › “gone”', 'a.test.ts: no test is called “gone”'],
  ['`a.ts` › “a drawer opens”', '1 times › is not: `file` › “name”, “name”'],
  ['`a.test.ts` › "a drawer opens"', '1 times › is not: `file` › “name”, “name”'],
])('%s is noticed', (page, fault) => {
  expect(missingOf(page, read)).toEqual([fault])
})

test('a rule without a test is noticed', () => {
  expect(rowsWithout('| Rule | Shown by |\n| --- | --- |\n| No park | |\n')).toEqual(['| No park | |'])
})
