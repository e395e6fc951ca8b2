import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { project } from './project.js'

// The pages docs/rules-*.md say which tests show which rule: `path/of/it.test.ts` › “its name”, “another's”.

const pages = readdirSync(path.join(project, 'docs')).filter((name) => /^rules-.*\.md$/.test(name))
const citation = /`([^`\n]+\.(?:test|spec)\.tsx?)` › (“[^”\n]+”(?:, “[^”\n]+”)*)/g

/** A name stands in a source in any quotes, its own quotes perhaps escaped; a bar is escaped in a table. */
const isIn = (source, name) => source.replaceAll(/\\(['"`])/g, '$1').includes(name)

function missingOf(page) {
  const text = readFileSync(path.join(project, 'docs', page), 'utf8')
  return [...text.matchAll(citation)].flatMap(([, file, cited]) => {
    const place = path.join(project, file)
    if (!existsSync(place)) return [`${file}: there is no such file`]
    const source = readFileSync(place, 'utf8')
    const names = cited.slice(1, -1).split('”, “')
    return names
      .filter((name) => !isIn(source, name.replaceAll('\\|', '|')))
      .map((name) => `${file}: no test is called “${name}”`)
  })
}

test.each(pages)('each test that docs/%s names is there', (page) => {
  expect(missingOf(page)).toEqual([])
})

test.each(pages)('docs/%s names a test for each rule', (page) => {
  const rows = readFileSync(path.join(project, 'docs', page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| Rule') && !line.startsWith('| ---'))
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter((row) => !/` › “/.test(row))).toEqual([])
})
