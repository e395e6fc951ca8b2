import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'

const canTrace = process.platform === 'linux' && spawnSync('strace', ['-V']).status === 0

const forty = `
import { writeSync } from 'node:fs'
import { receiptWith, rowOf, sell, storageAt } from './storage.fake.ts'
const { storage } = storageAt(process.argv[1])
for (let sale = 0; sale <= 40; sale += 1) {
  if (sale === 1 || sale === 40) writeSync(2, 'MARK\\n')
  sell(storage.write, receiptWith('r' + sale, { rows: [rowOf('Kaffe', 3200)] }), sale)
}
`

test.runIf(canTrace)('a finished sale costs exactly one sync of the disk', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kassa-sync-'))
  const trace = path.join(folder, 'trace')
  const traced = ['-f', '-e', 'trace=fsync,fdatasync,write', '-o', trace]
  const node = [
    process.execPath,
    '--input-type=module-typescript',
    '-e',
    forty,
    path.join(folder, 'kassa.sqlite'),
  ]
  const ran = spawnSync('strace', [...traced, ...node], { cwd: import.meta.dirname, encoding: 'utf8' })
  expect(ran.status, ran.stderr).toBe(0)
  const between = readFileSync(trace, 'utf8').split('MARK')[1] ?? ''
  expect(between.match(/ f(?:data)?sync\(/g)).toHaveLength(39)
  rmSync(folder, { recursive: true, force: true })
})
