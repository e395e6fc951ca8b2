/** Cold start of the main process up to an open, checked database, against an empty Node process. */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { compare, printResults } from './measure.ts'

const storageModule = path.resolve(import.meta.dirname, '../electron/storage/open.ts')

export function startUp(folder: string): void {
  const file = path.join(folder, 'start.sqlite')
  const open = `import { openStorage } from ${JSON.stringify(storageModule)}; openStorage({ file: ${JSON.stringify(file)}, now: Date.now })`
  const run = (code: string) => () => {
    spawnSync(process.execPath, ['--input-type=module', '-e', code])
  }
  const results = compare(
    [
      { name: 'floor: an empty Node process', work: run('') },
      { name: 'modules loaded, database open and checked', work: run(open) },
    ],
    { blocks: 7, units: 2 },
  )
  printResults(
    'Cold start',
    'x1.5 of an empty process when built; from sources type stripping comes on top',
    results,
  )
}
