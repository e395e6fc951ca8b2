/** Draws the SEQR payment machine from its code, so that the picture in docs/ cannot say anything else. */
import type { PaymentEvent, Stage } from '../../app/domain/seqr-payment.ts'
import { callFor, holdsSticker, isOver, next } from '../../app/domain/seqr-payment.ts'

const plainRefusal = { type: 'refused', code: 11, description: '' } as const

/** Every event there is, with the refusals that mean something of their own. */
const samples = {
  invoiceAccepted: [{ type: 'invoiceAccepted', reference: 'r' }],
  notReached: [{ type: 'notReached' }],
  noAnswer: [{ type: 'noAnswer' }],
  refused: [plainRefusal, { ...plainRefusal, code: 55 }, { ...plainRefusal, code: 96 }],
  stillOpen: [{ type: 'stillOpen', version: 1, approving: false }],
  reserved: [{ type: 'reserved', version: 1, deadlineMs: 0 }],
  paid: [{ type: 'paid', version: 1, ersReference: 'e', echoedMinor: null }],
  canceledThere: [{ type: 'canceledThere', version: 1 }],
  expiredThere: [{ type: 'expiredThere', version: 1 }],
  failedThere: [{ type: 'failedThere', version: 1 }],
  cancelTaken: [{ type: 'cancelTaken' }],
  cancelTooLate: [{ type: 'cancelTooLate' }],
  cancelBusy: [{ type: 'cancelBusy' }],
  updated: [{ type: 'updated' }],
  committed: [{ type: 'committed' }],
  cancelPressed: [{ type: 'cancelPressed' }],
  completePressed: [{ type: 'completePressed', finalMinor: 1 }],
  inDoubt: [{ type: 'inDoubt' }],
} satisfies { readonly [Type in PaymentEvent['type']]: readonly (PaymentEvent & { readonly type: Type })[] }

const first: Stage = { name: 'sending', mayExist: false, cancelWanted: false }

/** Which answers can come to which question; a press or a restart can come at any time. */
const answers: Readonly<Record<string, readonly PaymentEvent['type'][]>> = {
  send: ['invoiceAccepted', 'refused', 'noAnswer', 'notReached'],
  status: [
    'stillOpen',
    'reserved',
    'paid',
    'canceledThere',
    'expiredThere',
    'failedThere',
    'refused',
    'noAnswer',
    'notReached',
  ],
  cancel: ['cancelTaken', 'cancelTooLate', 'cancelBusy', 'refused', 'noAnswer', 'notReached'],
  update: ['updated', 'refused', 'noAnswer', 'notReached'],
  commit: ['committed', 'refused', 'noAnswer', 'notReached'],
}
const anyTime: readonly PaymentEvent['type'][] = ['cancelPressed', 'completePressed', 'inDoubt']

interface Arrow {
  readonly from: Stage
  readonly event: PaymentEvent
  readonly to: Stage
}

/** Every stage that can be reached and every arrow between them, found by walking. */
function walk(): readonly Arrow[] {
  const arrows: Arrow[] = []
  const seen = new Set<string>()
  const waiting: Stage[] = [first]
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    const key = JSON.stringify(from)
    if (seen.has(key)) continue
    seen.add(key)
    for (const event of eventsAt(from)) {
      const to = next(from, event)
      if (to === from) continue
      arrows.push({ from, event, to })
      waiting.push(to)
    }
  }
  return arrows
}

function eventsAt(stage: Stage): readonly PaymentEvent[] {
  const call = callFor(stage)
  const types = [...(call === null ? [] : (answers[call.ask] ?? [])), ...anyTime]
  return types.flatMap((type): readonly PaymentEvent[] => samples[type])
}

/** A stage as one box of the picture: what decides about the next question and nothing else. */
function boxOf(stage: Stage): string {
  switch (stage.name) {
    case 'sending':
      if (stage.cancelWanted) return 'sendingToCancel'
      return stage.mayExist ? 'sendingAgain' : 'sending'
    case 'canceling':
      if (stage.ask === 'cancel') return 'canceling'
      return stage.taken ? 'cancelTaken' : 'cancelUnsure'
    case 'completing':
      return { update: 'updating', commit: 'committing', status: 'committed' }[stage.ask]
    case 'waiting':
    case 'reserved':
    case 'paid':
    case 'canceled':
    case 'lapsed':
    case 'failed':
    case 'refused':
    case 'notSent':
      return stage.name
  }
}

const said: Readonly<Record<PaymentEvent['type'], string>> = {
  invoiceAccepted: 'invoice accepted',
  notReached: 'no connection',
  noAnswer: 'no answer',
  refused: 'refused',
  stillOpen: 'still open',
  reserved: 'RESERVED',
  paid: 'PAID',
  canceledThere: 'CANCELED',
  expiredThere: 'EXPIRED',
  failedThere: 'FAILED',
  cancelTaken: 'canceled (0, 95)',
  cancelTooLate: 'too late (50)',
  cancelBusy: 'buyer confirms (51)',
  updated: 'updated',
  committed: 'committed',
  cancelPressed: 'cancel pressed',
  completePressed: 'final amount entered',
  inDoubt: 'restart or full disk',
}

const refusalWords: ReadonlyMap<number, string> = new Map([
  [11, 'refused for good'],
  [55, 'refused as gone (55, 58, 95)'],
  [96, 'not reserved (96)'],
])

function labelOf(event: PaymentEvent): string {
  if (event.type !== 'refused') return said[event.type]
  return refusalWords.get(event.code) ?? ''
}

const boxLabels: Readonly<Record<string, string>> = {
  sending: 'sending',
  sendingAgain: 'sending again, an invoice may exist',
  sendingToCancel: 'sending, to be canceled',
  waiting: 'waiting for the buyer',
  canceling: 'canceling, asks to cancel',
  cancelUnsure: 'canceling, asks what became of it',
  cancelTaken: 'canceling, taken and to be proved',
  reserved: 'reserved, at rest',
  updating: 'completing, updates the invoice',
  committing: 'completing, commits',
  committed: 'completing, asks what became of it',
  paid: 'paid',
  canceled: 'canceled',
  lapsed: 'lapsed',
  failed: 'failed',
  refused: 'refused',
  notSent: 'not sent',
}

function stateDiagram(arrows: readonly Arrow[]): readonly string[] {
  const labels = new Map<string, Set<string>>()
  for (const { from, event, to } of arrows) {
    const [a, b] = [boxOf(from), boxOf(to)]
    if (a === b) continue
    const key = `${a} --> ${b}`
    labels.set(key, (labels.get(key) ?? new Set()).add(labelOf(event)))
  }
  const boxes = [...new Set(arrows.flatMap(({ from, to }) => [boxOf(from), boxOf(to)]))].sort()
  const ends = new Set(arrows.filter(({ to }) => isOver(to)).map(({ to }) => boxOf(to)))
  return [
    'stateDiagram-v2',
    ...boxes.map((box) => `  ${box} : ${boxLabels[box] ?? box}`),
    `  [*] --> ${boxOf(first)}`,
    ...[...labels]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, words]) => `  ${key} : ${[...joined(words)].sort().join(', ')}`),
    ...[...ends].sort().map((end) => `  ${end} --> [*]`),
  ]
}

/** Where every refusal leads the same way, they are one. */
function joined(words: ReadonlySet<string>): ReadonlySet<string> {
  const refusals = [...refusalWords.values()]
  if (!refusals.every((refusal) => words.has(refusal))) return words
  return new Set([...words].filter((word) => !refusals.includes(word))).add('refused')
}

function questionTable(arrows: readonly Arrow[]): readonly string[] {
  const stages = new Map(arrows.flatMap(({ from, to }) => [from, to]).map((stage) => [boxOf(stage), stage]))
  const rows = [...stages].sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    '| stage | in the code | asks now | holds the sticker |',
    '| --- | --- | --- | --- |',
    ...rows.map(([box, stage]) => {
      const asks = callFor(stage)?.ask ?? 'nothing more'
      return `| ${boxLabels[box] ?? box} | \`${stage.name}\` | ${asks} | ${stickerOf(box, arrows)} |`
    }),
  ]
}

/** A reservation that is let go stands in the same boxes as a cancel, and holds no sticker. */
function stickerOf(box: string, arrows: readonly Arrow[]): string {
  const all = arrows.flatMap(({ from, to }) => [from, to]).filter((stage) => boxOf(stage) === box)
  const held = all.filter(holdsSticker).length
  if (held === 0) return 'no'
  return held === all.length ? 'yes' : 'unless it is a reservation let go'
}

/** The whole page docs/payment-machine.md. */
export function machinePage(): string {
  const arrows = walk()
  return [
    '# The SEQR payment machine',
    '',
    'Drawn by `electron/register/drawing.ts` from `app/domain/seqr-payment.ts`: every stage that can be reached, and every',
    'answer and press that moves it. A test fails when this page and the code differ; to draw it anew, run',
    '`node electron/register/drawing.ts` and save what it prints.',
    '',
    'What is not drawn stays where it is: a lost answer while waiting, a status that nobody documents, a refusal that',
    'says nothing about the money. Only the service ends a payment.',
    '',
    '```mermaid',
    ...stateDiagram(arrows),
    '```',
    '',
    ...questionTable(arrows),
    '',
  ].join('\n')
}

if (import.meta.main) process.stdout.write(machinePage())
