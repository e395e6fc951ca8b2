/** `npm run bench`: each benchmark against a floor or a peer measured in the same run. Ratios travel; times do not. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { catalogue } from './catalogue.ts'
import { durableSale } from './durable-sale.ts'
import { paperBytes } from './paper.ts'
import { rhythm } from './poll.ts'
import { screen } from './screen.ts'
import { startUp } from './start-up.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'kassa-bench-'))
try {
  durableSale(folder)
  catalogue(folder)
  await paperBytes()
  await rhythm()
  startUp(folder)
  await screen(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
