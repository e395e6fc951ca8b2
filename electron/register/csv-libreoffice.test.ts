import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { csvLines, csvStart } from './csv.ts'

const isThere = spawnSync('soffice', ['--version']).status === 0

const why = isThere ? '' : ' (skipped: LibreOffice is not installed)'

// It is half a gigabyte: the test runs where it is installed, and nothing installs it.
test.skipIf(!isThere)(
  `a CSV file of ours opens in LibreOffice: letters, amounts and guarded cells${why}`,
  () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'kassa-csv-'))
    const rows = [
      ['Receipt', 'Buyer', 'Amount', 'Note'],
      ['1', 'Räksmörgås & é', '-1234.50', '=1+1'],
      ['2', 'a "quoted", name', '0.05', 'two\nlines'],
    ]
    writeFileSync(path.join(folder, 'book.csv'), csvStart + csvLines(rows))
    const convert = (to: string, from: string, ...how: string[]) =>
      spawnSync('soffice', [
        `-env:UserInstallation=file://${folder.replaceAll('\\', '/')}/profile`,
        '--headless',
        ...how,
        '--convert-to',
        to,
        '--outdir',
        folder,
        path.join(folder, from),
      ])
    // What its import dialog proposes for our file: comma, quotes, UTF-8.
    const proposed = '--infilter=Text - txt - csv (StarCalc):44,34,76'
    expect(convert('ods', 'book.csv', proposed).status).toBe(0)
    // Tab, quotes, UTF-8: what LibreOffice has in its cells.
    expect(convert('csv:Text - txt - csv (StarCalc):9,34,76', 'book.ods').status).toBe(0)
    const cells = readFileSync(path.join(folder, 'book.csv'), 'utf8').replace('\uFEFF', '')
    rmSync(folder, { recursive: true, force: true })
    expect(cells).toContain('Räksmörgås & é')
    expect(cells).toMatch(/-1234[.,]5/)
    expect(cells).toContain('=1+1')
    expect(cells).not.toMatch(/\t2\n/)
    expect(cells).toContain('a ""quoted"", name')
  },
)
