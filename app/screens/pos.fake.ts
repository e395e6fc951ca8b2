/** A till made of plain objects, to draw and to play with: no shop, no disk, no SEQR behind it. */
import { contract } from '../contract/contract.ts'
import { entriesOf } from '../contract/define.ts'
import type { Pos, Link } from './link.ts'
import type { Done, PaymentView, PaymentsView, ReceiptView, SaleView, TillView } from '../contract/views.ts'
import { likelyCash, roundToCash } from '../domain/cash.ts'
import {
  leftToPay,
  newReceipt,
  paidOf,
  receiptDiscount,
  rowTotal,
  totalOf,
  vatTable,
  type Receipt,
  type Row,
} from '../domain/receipt.ts'
import {
  isSettled,
  withCash,
  withChange,
  withChangedRow,
  withDiscount,
  withoutRow,
  withoutTender,
  withPrice,
  withRow,
  withTender,
} from '../domain/receipt-edit.ts'
import { permitsOf, type Circumstances } from '../domain/rules.ts'
import { fakeArticles, fakeCategories } from './goods.fake.ts'
import { fakeSlips } from './slips.fake.ts'
import { fakeCatalogue, fakeSettings, fakeShift, fakeUpkeep } from './office.fake.ts'
import { fakeProgram } from './program.fake.ts'
import { fakeJobs, fakePaper, fakePayment, fakeTill, paymentScene } from './scenes.fake.ts'

interface World {
  till: TillView
  receipt: Receipt | null
  finished: SaleView['finished']
  payment: PaymentView | null
  aside: readonly PaymentView[]
  before: readonly Receipt[]
  lastId: number
}

const ok = { ok: true } as const
const done = (): Promise<Done> => Promise.resolve(ok)
const never = () => new Promise<never>(() => {})

type Parts = { readonly [G in keyof Pos]?: Partial<Pos[G]> }

/** What the play till does not do never answers, and never tells anything. */
function posOf(parts: Parts): Pos {
  const whole: Record<string, Record<string, unknown>> = {}
  for (const { group, name, entry } of entriesOf(contract)) {
    const functions = (whole[group] ??= { ...parts[group as keyof Pos] })
    const called = entry.kind === 'request' ? name : `on${name.charAt(0).toUpperCase()}${name.slice(1)}`
    functions[called] ??= entry.kind === 'request' ? never : () => () => {}
  }
  return whole as unknown as Pos
}

/** `?scene=` names the moment it begins in; `auto` plays the customer's part in payments. */
export function fakeLink(query: URLSearchParams): Link {
  const scene = query.get('scene') ?? 'sale'
  const world = worldOf(scene, query)
  const heard = listeners()
  const tellAll = () => {
    heard.tell('till', { ...world.till, openPayments: openOf(world).length })
    heard.tell('sale', saleViewOf(world))
    heard.tell('payment', paymentsOf(world))
  }
  const change = (edit: (receipt: Receipt) => Receipt): Promise<Done> => {
    if (world.receipt !== null) {
      world.before = [...world.before, world.receipt]
      world.receipt = edit(world.receipt)
      settle(world)
    }
    tellAll()
    return done()
  }
  const add = (row: Omit<Row, 'id'>) => {
    world.receipt ??= emptyReceipt(`r${++world.lastId}`)
    world.finished = null
    return change((receipt) => withRow(receipt, { ...row, id: `row${++world.lastId}` }))
  }
  const setPayment = (part: Partial<PaymentView>) => {
    if (world.payment !== null) world.payment = { ...world.payment, ...part }
    tellAll()
  }

  const pos = posOf({
    till: {
      current: () => (scene === 'connecting' ? never() : Promise.resolve(world.till)),
      onChanged: heard.on('till'),
      onScanned: heard.on('scanned'),
      onTold: heard.on('told'),
    },
    session: {
      users: () =>
        Promise.resolve([
          { id: 'anna', name: 'Anna Berg', role: 'cashier', permissions: [], active: true },
          { id: 'bo', name: 'Bo Ek', role: 'cashier', permissions: [], active: true },
          { id: 'erik', name: 'Erik Lund', role: 'administrator', permissions: [], active: true },
        ]),
      signIn: ({ userId, pin }) => {
        if (pin === '0000') return Promise.resolve({ ok: false, reason: 'pin', waitMs: 0 })
        world.till = { ...world.till, user: { ...someone, id: userId } }
        tellAll()
        return done()
      },
      signOut: () => {
        world.till = { ...world.till, user: null }
        tellAll()
        return done()
      },
      unlock: ({ pin }) => {
        if (pin === '0000') return Promise.resolve({ ok: false, reason: 'pin', waitMs: 28_000 })
        world.till = { ...world.till, unlockedUntilMs: Date.now() + 120_000 }
        tellAll()
        return done()
      },
      lock: () => {
        world.till = { ...world.till, unlockedUntilMs: null }
        tellAll()
        return done()
      },
      setFirstAdministrator: () => {
        world.till = { ...world.till, needsFirstAdministrator: false }
        tellAll()
        return done()
      },
      saveUser: done,
      changePin: done,
    },
    shift: {
      open: () => {
        world.till = { ...world.till, shift: fakeTill.shift }
        tellAll()
        return done()
      },
      ...fakeShift,
    },
    settings: fakeSettings,
    upkeep: fakeUpkeep,
    program: fakeProgram,
    catalogue: fakeCatalogue,
    sale: {
      current: () => Promise.resolve(saleViewOf(world)),
      onChanged: heard.on('sale'),
      scan: async ({ data }) => {
        const article = fakeArticles.find(({ plu }) => plu === data)
        if (article === undefined) return { ok: false, reason: 'unknownCode', code: data }
        await add(rowOf(article.id))
        return { ok: true, did: 'addedArticle', name: article.name }
      },
      addArticle: ({ articleId }) => add(rowOf(articleId)),
      addOpenRow: ({ name, priceMinor, vatBasisPoints }) =>
        add({
          ...rowOf(fakeArticles[0]?.id ?? ''),
          kind: 'open',
          name,
          unitPriceMinor: priceMinor,
          vatBasisPoints,
        }),
      setQuantity: ({ rowId, quantityThousandths }) =>
        change((receipt) => withChangedRow(receipt, rowId, { quantityThousandths })),
      setPrice: ({ rowId, unitPriceMinor }) => {
        if (world.till.unlockedUntilMs === null)
          return Promise.resolve({ ok: false, reason: 'needsPermission', permission: 'priceOverride' })
        return change((receipt) => withPrice(receipt, rowId, unitPriceMinor))
      },
      setRowDiscount: ({ rowId, discount }) =>
        change((receipt) => withChangedRow(receipt, rowId, { discount })),
      setRowNote: ({ rowId, note }) => change((receipt) => withChangedRow(receipt, rowId, { note })),
      removeRow: ({ rowId }) => change((receipt) => withoutRow(receipt, rowId)),
      undo: () => {
        world.receipt = world.before.at(-1) ?? null
        world.before = world.before.slice(0, -1)
        tellAll()
        return done()
      },
      setDiscount: ({ discount }) => change((receipt) => withDiscount(receipt, discount)),
      setNote: ({ note }) => change((receipt) => ({ ...receipt, note })),
      park: () => leave(world, tellAll),
      parked: () =>
        Promise.resolve([
          {
            receiptId: 'r8',
            name: 'Bord 4',
            totalMinor: 34_800,
            rows: 5,
            openedAtMs: Date.now() - 1_900_000,
            cashier: 'Anna Berg',
            state: 'parked',
          },
          {
            receiptId: 'r9',
            name: 'Lisa',
            totalMinor: 9400,
            rows: 2,
            openedAtMs: Date.now() - 700_000,
            cashier: 'Bo Ek',
            state: 'waiting',
          },
        ]),
      resume: () => leave(world, tellAll),
      cancel: () => leave(world, tellAll),
      payCash: ({ givenMinor }) =>
        change((receipt) => withCash(receipt, givenMinor, { cash: mark(world), change: mark(world) })),
      giveBack: () => change((receipt) => withChange(receipt, mark(world))),
      payOther: ({ tenderTypeId, amountMinor, reference }) =>
        change((receipt) =>
          withTender(receipt, {
            ...mark(world),
            kind: 'other',
            tenderTypeId,
            name: tenderTypeId,
            amountMinor,
            reference,
          }),
        ),
      correctTender: ({ tenderId }) => change((receipt) => withoutTender(receipt, tenderId)),
      dismissFinished: () => {
        world.finished = null
        tellAll()
        return done()
      },
    },
    payment: {
      current: () => Promise.resolve(paymentsOf(world)),
      onChanged: heard.on('payment'),
      start: ({ receiptId, amountMinor }) => {
        world.payment = fakePayment(Date.now(), {
          receiptId,
          amountMinor,
          phase: 'sending',
          lastAnswerAtMs: null,
        })
        tellAll()
        play(world, setPayment)
        return Promise.resolve({ ok: true, paymentId: 'p1' })
      },
      cancel: () => {
        setPayment({ phase: 'canceling', canCancel: false })
        setTimeout(() => setPayment({ phase: 'canceled' }), 1200)
        return done()
      },
      tryAgain: () => {
        setPayment({ roundStartedAtMs: Date.now(), attempt: (world.payment?.attempt ?? 0) + 1 })
        return done()
      },
      setAside: () => {
        if (world.payment !== null) world.aside = [world.payment]
        world.payment = null
        tellAll()
        return done()
      },
      show: () => {
        world.payment = world.aside[0] ?? null
        world.aside = []
        tellAll()
        return done()
      },
      dismiss: () => {
        world.payment = null
        tellAll()
        return done()
      },
      settleByHand: ({ pin }) =>
        pin === '0000'
          ? Promise.resolve({ ok: false, reason: 'pin', waitMs: 0 })
          : (setPayment({ phase: 'paid' }), done()),
    },
    article: {
      search: ({ text }) =>
        Promise.resolve(
          fakeArticles
            .filter(({ name, plu }) => name.toLowerCase().includes(text.toLowerCase()) || plu === text)
            .slice(0, 20),
        ),
      categories: () => Promise.resolve(fakeCategories),
      inCategory: ({ categoryId }) =>
        Promise.resolve(fakeArticles.filter((each) => each.categoryId === categoryId)),
      favourites: () => Promise.resolve(fakeArticles.filter(({ favourite }) => favourite)),
    },
    terminal: {
      register: ({ password }) => {
        if (password === 'wrong')
          return Promise.resolve({
            ok: false,
            reason: 'service',
            problem: 'refused',
            code: 20,
            description: 'AUTHENTICATION_FAILED',
          })
        world.till = { ...world.till, seqr: { ...fakeTill.seqr, seqrId: null } }
        tellAll()
        return done()
      },
      unregister: () => {
        world.till = { ...world.till, seqr: { ...world.till.seqr, terminal: null, seqrId: null } }
        tellAll()
        return done()
      },
      assign: ({ text }) => {
        if (text === 'TAKEN')
          return Promise.resolve({
            ok: false,
            reason: 'service',
            problem: 'refused',
            code: 53,
            description: 'INVALID_SEQR_ID',
          })
        world.till = { ...world.till, seqr: { ...world.till.seqr, seqrId: text } }
        tellAll()
        return Promise.resolve({ ok: true, seqrId: text })
      },
      suggestion: () =>
        Promise.resolve({
          resellerId: 'kassa-demo',
          userId: '9900',
          hasPassword: true,
          name: 'Kafé Solsidan',
          externalId: 'Store 1/Till 1',
          seqrIdHint: '004610027501',
        }),
    },
    paper: {
      recent: () => Promise.resolve(scene === 'noPapers' ? [] : fakeJobs),
      show: ({ jobId }) => {
        const job = fakeJobs.find(({ id }) => id === jobId)
        return Promise.resolve(job === undefined ? null : { job, paper: fakePaper })
      },
      reprint: done,
      decide: done,
      onChanged: heard.on('paper'),
    },
    slip: fakeSlips,
  })
  const onConnection: Link['onConnection'] = (listener) => {
    listener(true)
    if (scene === 'lost') setTimeout(() => listener(false), 300)
    return () => {}
  }
  exposeFor(heard)
  return { pos, onConnection }
}

const someone = { id: 'anna', name: 'Anna Berg', role: 'cashier', permissions: [], active: true } as const

function worldOf(scene: string, query: URLSearchParams): World {
  const now = Date.now()
  const nobody = scene === 'signIn' || scene === 'first'
  const till: TillView = {
    ...fakeTill,
    language: query.get('language') ?? 'en',
    user: nobody ? null : fakeTill.user,
    ...(scene === 'noShift' ? { shift: null } : {}),
    unlockedUntilMs: scene === 'unlocked' ? now + 120_000 : null,
    needsFirstAdministrator: scene === 'first',
    ...(scene === 'noTerminal'
      ? { seqr: { ...fakeTill.seqr, connection: 'unknown', terminal: null, seqrId: null } }
      : {}),
    ...(scene === 'offline'
      ? {
          seqr: { ...fakeTill.seqr, connection: 'offline' },
          printer: { state: 'fault', detail: 'Paper is out', waitingJobs: 3 },
          outbox: { waiting: 2, needPerson: 0 },
          scanners: [{ name: 'Honeywell 1472g', state: 'failing', detail: 'Unplugged' }],
        }
      : {}),
  }
  const payment = paymentScene(scene, now)
  const rows = [
    'kaffe-1',
    'fika-0',
    'mat-3',
    'frukt-0',
    'ovrigt-0',
    'dryck-0',
    'fika-4',
    'kaffe-3',
    'mat-0',
    'kaffe-2',
    'dryck-3',
  ]
  const wanted = ['empty', 'finished', 'signIn', 'first', 'noTerminal', 'noShift'].includes(scene)
    ? []
    : payment !== null || scene === 'few'
      ? ['kaffe-1', 'fika-0', 'mat-3']
      : rows
  const receipt = wanted.length === 0 ? null : wanted.reduce(addTo, emptyReceipt('r1'))
  const world: World = { till, receipt, finished: null, payment, aside: [], before: [], lastId: 100 }
  if (scene === 'finished') finishWith(world, 18_100)
  if (scene === 'paid' || scene === 'settled') finishWith(world, 0)
  if (scene === 'part' || scene === 'paidPart') paySeqr(world, 10_000)
  if (scene === 'paidOver') paySeqr(world, totalOf(receipt ?? emptyReceipt('')) + 5000)
  return world
}

function addTo(receipt: Receipt, articleId: string, index: number): Receipt {
  const row: Row = { ...rowOf(articleId), id: `row${index}` }
  const weighed = row.unitDecimals > 0 ? { quantityThousandths: 1352 } : {}
  const twice = articleId === 'fika-0' ? { quantityThousandths: 2000 } : {}
  const off =
    articleId === 'ovrigt-0'
      ? { discount: { kind: 'percent', basisPoints: 2000 } as const, note: 'Sista ex.' }
      : {}
  return { ...receipt, rows: [...receipt.rows, { ...row, ...weighed, ...twice, ...off }] }
}

function paySeqr(world: World, amountMinor: number) {
  if (world.receipt === null) return
  const tender = {
    ...mark(world),
    kind: 'seqr',
    amountMinor,
    paymentId: 'p1',
    ersReference: '20120501…0001',
    settledByHand: false,
  } as const
  world.receipt = withTender(world.receipt, tender)
}

function finishWith(world: World, changeMinor: number) {
  world.receipt = null
  const closed = { allowed: false, rule: 'receiptClosed' } as const
  world.finished = {
    receiptId: 'r1',
    number: 1042,
    totalMinor: 21_900,
    changeMinor,
    tenders: [
      changeMinor > 0
        ? {
            id: 't1',
            kind: 'cash',
            name: '',
            amountMinor: 40_000,
            reference: '',
            atMs: 0,
            correctable: closed,
          }
        : {
            id: 't1',
            kind: 'seqr',
            name: '',
            amountMinor: 21_900,
            reference: '2012050100000000000000001',
            atMs: 0,
            correctable: closed,
          },
    ],
    printed: 'noPrinter',
  }
}

function emptyReceipt(id: string): Receipt {
  return newReceipt({
    id,
    currency: 'SEK',
    cashier: { id: 'anna', name: 'Anna Berg' },
    shiftId: 's7',
    openedAtMs: 0,
  })
}

function rowOf(articleId: string): Omit<Row, 'id'> {
  const article = fakeArticles.find(({ id }) => id === articleId)
  return {
    kind: 'article',
    articleId,
    code: null,
    name: article?.name ?? articleId,
    quantityThousandths: 1000,
    unit: article?.unit ?? 'pcs',
    unitDecimals: article?.unitDecimals ?? 0,
    unitPriceMinor: article?.priceMinor ?? 0,
    listPriceMinor: null,
    vatBasisPoints: article?.vatBasisPoints ?? 2500,
    discount: null,
    note: '',
    slip: null,
    refundOfRowId: null,
  }
}

const mark = (world: World) => ({ id: `t${++world.lastId}`, atMs: Date.now() })

/** A settled receipt is finished at once, as at a real till. */
function settle(world: World) {
  const { receipt } = world
  if (receipt === null || receipt.tenders.length === 0 || !isSettled(receipt)) return
  const change = receipt.tenders.find(({ kind }) => kind === 'change')
  finishWith(world, -(change?.amountMinor ?? 0))
  if (world.finished !== null)
    world.finished = { ...world.finished, receiptId: receipt.id, totalMinor: totalOf(receipt) }
}

function leave(world: World, tellAll: () => void): Promise<Done> {
  world.receipt = null
  world.before = []
  tellAll()
  return done()
}

/** The customer: scans after two seconds, approves after five. */
function play(world: World, set: (part: Partial<PaymentView>) => void) {
  const isOpen = () =>
    world.payment !== null && ['sending', 'askCustomer', 'customerApproves'].includes(world.payment.phase)
  const poll = setInterval(() => (isOpen() ? set({ lastAnswerAtMs: Date.now() }) : clearInterval(poll)), 1000)
  setTimeout(() => isOpen() && set({ phase: 'askCustomer', lastAnswerAtMs: Date.now() }), 600)
  setTimeout(
    () => isOpen() && set({ phase: 'customerApproves', echoedMinor: world.payment?.amountMinor ?? 0 }),
    4000,
  )
  setTimeout(() => {
    if (!isOpen() || world.payment === null) return
    paySeqr(world, world.payment.amountMinor)
    settle(world)
    set({ phase: 'paid', ersReference: '2012050100000000000000001', canCancel: false })
  }, 8000)
}

function openOf({ payment, aside }: World): readonly PaymentView[] {
  const isOpen =
    payment !== null && !['paid', 'canceled', 'failed', 'refused', 'notSent'].includes(payment.phase)
  return [...(isOpen ? [payment] : []), ...aside]
}

function paymentsOf(world: World): PaymentsView {
  return { current: world.payment, open: openOf(world), reservations: [], endedReservations: [] }
}

function saleViewOf(world: World): SaleView {
  const { receipt, till } = world
  const around: Circumstances = {
    signedIn: till.user !== null,
    shiftOpen: till.shift !== null,
    openPayments: openOf(world).length,
    stickerBusy: false,
    terminalRegistered: till.seqr.terminal !== null,
    seqrIdAssigned: till.seqr.seqrId !== null,
    seqrOnline: till.seqr.connection !== 'offline',
    diskFull: false,
    confirmedSlips: 0,
    slipsReady: true,
  }
  return {
    receipt: receipt === null ? null : receiptViewOf(receipt),
    permits: permitsOf(receipt, around),
    likelyCashMinor: receipt === null ? [] : likelyCash(leftToPay(receipt), receipt.currency),
    tenderTypes: [
      { id: 'Kort', name: 'Kort', asksReference: false },
      { id: 'Presentkort', name: 'Presentkort', asksReference: true },
      { id: 'Faktura', name: 'Faktura', asksReference: true },
    ],
    finished: world.finished,
    canUndo: world.before.length > 0,
  }
}

function receiptViewOf(receipt: Receipt): ReceiptView {
  const left = leftToPay(receipt)
  return {
    id: receipt.id,
    kind: receipt.kind,
    state: receipt.state,
    number: receipt.number,
    rows: receipt.rows.map(({ articleId: _article, slip: _slip, refundOfRowId: _of, ...row }) => ({
      ...row,
      totalMinor: rowTotal({ ...row, articleId: null, slip: null, refundOfRowId: null }),
    })),
    discount: receipt.discount,
    discountMinor: receiptDiscount(receipt),
    totalMinor: totalOf(receipt),
    vat: vatTable(receipt),
    tenders: receipt.tenders.map((tender) => ({
      id: tender.id,
      kind: tender.kind,
      name: tender.kind === 'other' ? tender.name : '',
      amountMinor: tender.amountMinor,
      reference:
        tender.kind === 'seqr' ? tender.ersReference : tender.kind === 'other' ? tender.reference : '',
      atMs: tender.atMs,
      correctable: tender.kind === 'seqr' ? { allowed: false, rule: 'seqrPaidPart' } : { allowed: true },
    })),
    paidMinor: paidOf(receipt),
    leftToPayMinor: left,
    leftInCashMinor: roundToCash(left, receipt.currency),
    leftWithoutCashMinor: left,
    roundingMinor: receipt.roundingMinor,
    note: receipt.note,
  }
}

type Heard = ReturnType<typeof listeners>

function listeners() {
  const all = new Map<string, Set<(payload: never) => void>>()
  return {
    on: (name: string) => (listener: (payload: never) => void) => {
      const set = all.get(name) ?? new Set()
      all.set(name, set.add(listener))
      return () => void set.delete(listener)
    },
    tell(name: string, payload: unknown) {
      for (const listener of all.get(name) ?? []) listener(payload as never)
    },
  }
}

/** So that whoever takes pictures can make things happen. */
function exposeFor(heard: Heard) {
  Object.assign(globalThis, { fakeTill: { tell: heard.tell } })
}
