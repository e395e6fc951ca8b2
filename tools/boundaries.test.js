import { expect, test } from 'vitest'
import { importsOf, sourcesOf, violations } from './boundaries.js'
import { project } from './project.js'

/** The project of the test: each file with one import, and every file that it could lead to. */
function when(file, name, others = []) {
  const there = [
    'app/domain/money.ts',
    'app/domain/vat.ts',
    'app/contract/contract.ts',
    'electron/storage/open.ts',
    ...others,
  ]
  const files = new Map(there.map((each) => [each, '']))
  files.set(file, `import { x } from '${name}'\n`)
  return violations(files)
}

test.each([
  ['app/domain/sale.ts', './money.ts'],
  ['app/contract/views.ts', '../domain/money.ts'],
  ['app/contract/views.ts', 'zod'],
  ['app/screens/sale/sale.tsx', '../../components/button.tsx'],
  ['app/screens/sale/sale.tsx', '../use-pos.ts'],
  ['app/screens/sale/sale.tsx', './row.tsx'],
  ['app/main.tsx', './screens/sale/row.tsx'],
  ['electron/storage/sale.ts', 'better-sqlite3'],
  ['electron/storage/sale.ts', '../../app/domain/money.ts'],
  ['electron/storage/sale.ts', '../log.ts'],
  ['electron/storage/migrations/0001.ts', '../open.ts'],
  ['electron/register/register.ts', '../storage/open.ts'],
  ['electron/sandbox/seqr/money.ts', '../../../app/domain/money.ts'],
  ['electron/ipc/electron-wire.ts', 'electron'],
  ['electron/main.ts', 'electron'],
  ['electron/kiosk/server.ts', '../shell.ts'],
])('%s may import %s', (file, name) => {
  const others = [
    'app/components/button.tsx',
    'app/screens/use-pos.ts',
    'app/screens/sale/row.tsx',
    'electron/log.ts',
    'electron/shell.ts',
  ]
  expect(when(file, name, others)).toEqual([])
})

test.each([
  ['app/domain/sale.ts', 'react'],
  ['app/domain/sale.ts', 'zod'],
  ['app/domain/sale.ts', 'node:fs'],
  ['app/domain/sale.ts', '../contract/contract.ts'],
  ['app/contract/views.ts', '../../electron/storage/open.ts'],
  ['app/screens/sale/sale.tsx', '../refund/refund.tsx'],
  ['app/components/button.tsx', '../screens/refund/refund.tsx'],
  ['app/main.tsx', '../electron/storage/open.ts'],
  ['electron/seqr/provider.ts', '../storage/open.ts'],
  ['electron/seqr/soap/envelope.ts', '../../storage/open.ts'],
  ['electron/seqr/provider.ts', 'better-sqlite3'],
  ['electron/seqr/provider.ts', 'electron'],
  ['electron/seqr/provider.ts', '../../app/screens/refund/refund.tsx'],
  ['electron/sandbox/seqr/server.ts', '../../seqr/wsdl.ts'],
  ['electron/sandbox/seqr/server.ts', '../../../app/domain/vat.ts'],
  ['electron/register/sale.ts', '../sandbox/seqr/server.ts'],
  ['electron/register/sale.ts', '../kiosk/server.ts'],
  ['electron/kiosk/server.ts', '../storage/open.ts'],
  ['electron/kiosk/server.ts', 'electron'],
  ['electron/vault/pin.ts', '../shell.ts'],
  ['electron/vault/pin.ts', './missing.ts'],
])('%s may not import %s', (file, name) => {
  const others = [
    'app/screens/refund/refund.tsx',
    'electron/seqr/wsdl.ts',
    'electron/sandbox/seqr/server.ts',
    'electron/kiosk/server.ts',
    'electron/shell.ts',
  ]
  expect(when(file, name, others)).toHaveLength(1)
})

test('no chain of imports leads from the kiosk to Electron', () => {
  const files = new Map([
    ['electron/kiosk.ts', "import { a } from './ipc/a.ts'"],
    ['electron/ipc/a.ts', "import type { B } from './b.ts'"],
    ['electron/ipc/b.ts', "import { app } from 'electron'"],
  ])
  expect(violations(files)).toEqual([
    'electron/kiosk.ts: leads to Electron through electron/kiosk.ts -> electron/ipc/a.ts -> electron/ipc/b.ts',
  ])
})

test('every way to import is seen', () => {
  const text = `import a from './a.ts'
import type { B } from './b.ts'
import {
  c,
  type D,
} from "./c.ts"
import './d.css'
export { e } from './e.ts'
export * from './f.ts'
export type { G } from './g.ts'
const h = await import('./h.ts')
import fs from 'node:fs'
// import './not.ts'
export const from = 'x'; const text = 'from "./nor.ts"'
`
  const found = importsOf('electron/x/y.ts', text).map((each) => each.file ?? each.package)
  expect(new Set(found)).toEqual(
    new Set([
      ...['a.ts', 'b.ts', 'c.ts', 'd.css', 'e.ts', 'f.ts', 'g.ts', 'h.ts'].map(
        (name) => `electron/x/${name}`,
      ),
      'node:fs',
    ]),
  )
})

test('the project itself is read: a check that reads nothing would pass everything', () => {
  const files = sourcesOf(project)
  expect(files.size).toBeGreaterThan(20)
  expect(importsOf('app/contract/contract.ts', files.get('app/contract/contract.ts'))).toContainEqual({
    package: 'zod',
  })
})
