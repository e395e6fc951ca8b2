/** The shop's day and its administration in the play till: enough to draw every screen. */
import { firstShop } from '../domain/shop.ts'
import { fakeArticles } from './goods.fake.ts'
import type { Pos } from './link.ts'

const ok = { ok: true } as const
const done = () => Promise.resolve(ok)

export const fakeShift: Omit<Pos['shift'], 'open'> = {
  current: () =>
    Promise.resolve({
      number: 7,
      openedAtMs: Date.now() - 4 * 3_600_000,
      by: 'Anna Berg',
      hasDrawer: true,
      moves: [
        { kind: 'out', amountMinor: 4500, reason: 'Milk', by: 'Anna Berg', atMs: Date.now() - 3_600_000 },
      ],
    }),
  moveCash: done,
  openDrawer: done,
  xReport: () => Promise.resolve({ ok: true, number: 3, jobId: 'j1' }),
  reports: () =>
    Promise.resolve({
      ok: true,
      reports: [
        {
          seq: 9,
          kind: 'z',
          number: 6,
          atMs: Date.now(),
          by: 'Anna Berg',
          turnoverMinor: 812_300,
          differenceMinor: -100,
        },
      ],
    }),
  copyReport: () => Promise.resolve({ ok: true, jobId: 'j1', title: 'Z REPORT 6' }),
  closing: () =>
    Promise.resolve({
      ok: true,
      closing: {
        hindrances: [],
        parked: [],
        reservations: { count: 1, amountMinor: 20_000 },
        refunds: { uncertain: { count: 1, amountMinor: 3_400 }, stuck: 0 },
        unsent: { waiting: 0, needPerson: 0 },
        settledByHand: [],
        expectedMinor: null,
        counted: null,
      },
    }),
  count: ({ countedMinor }) =>
    Promise.resolve({
      ok: true,
      counted: { countedMinor, expectedMinor: countedMinor + 100, differenceMinor: -100, counts: 1 },
    }),
  close: () => Promise.resolve({ ok: true, number: 7, jobId: 'j1', differenceMinor: -100 }),
}

const never = () => () => {}

export const fakeSettings: Pos['settings'] = {
  current: () =>
    Promise.resolve({
      shop: { ...firstShop, storeName: 'Kafé Solsidan' },
      printer: { address: '', inUse: '', fixedBy: null },
      seqrUrl: { address: '', inUse: '', fixedBy: null },
      seqrCa: '',
      backup: { folder: '', daily: true, keep: 14 },
    }),
  save: done,
  savePrinter: done,
  saveSeqr: done,
  saveBackup: done,
  audit: () =>
    Promise.resolve({
      ok: true,
      entries: [
        {
          atMs: Date.now(),
          by: 'Erik Lund',
          act: 'settingChanged',
          subject: 'shop',
          changes: [{ field: 'storeName', was: 'Kassa', is: 'Kafé Solsidan' }],
        },
      ],
    }),
}

export const fakeUpkeep: Pos['upkeep'] = {
  current: () =>
    Promise.resolve({
      version: '0.1.0',
      runtime: 'Node 24',
      dataDir: '/kassa',
      databaseBytes: 12_000_000,
      journalEntries: 4711,
      lastReceiptNumber: 815,
      articles: 65,
      warnings: [],
      outbox: [],
      backupFolder: '/kassa/backups',
      backups: [{ name: 'kassa-2026-11-21T03-00-00Z.sqlite', bytes: 12_000_000 }],
      lastBackup: null,
      check: null,
    }),
  sendAgain: done,
  backUp: () =>
    Promise.resolve({
      ok: true,
      outcome: { ok: true, atMs: Date.now(), file: 'kassa.sqlite', entries: 4711 },
    }),
  verify: () =>
    Promise.resolve({ ok: true, check: { ok: true, atMs: Date.now(), entries: 4711, lastHash: '0f3a9c' } }),
  onProgressed: never,
}

export const fakeCatalogue: Pos['catalogue'] = {
  search: () => Promise.resolve({ articles: fakeArticles, total: fakeArticles.length, hasMore: false }),
  save: () => Promise.resolve({ ok: true, articleId: 'a1' }),
  remove: done,
  saveCategory: done,
  removeCategory: done,
  orderCategories: done,
  beginUpload: () => Promise.resolve({ ok: true, uploadId: 'u1' }),
  addToUpload: done,
  checkImport: () =>
    Promise.resolve({ ok: true, added: 2, changed: 1, unchanged: 60, newCategories: [], first: [] }),
  import: () => Promise.resolve({ ok: true, added: 2, changed: 1, unchanged: 60 }),
  exportCsv: () => Promise.resolve({ ok: true, csv: 'name;price' }),
}
