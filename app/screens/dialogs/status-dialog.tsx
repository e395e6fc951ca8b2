import { Layer } from '../../components/layer.tsx'
import { Notice, type Tone } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { TillView } from '../../contract/views.ts'
import type { Words } from '../../words/en.ts'
import { chipsOf } from '../status-chips.ts'
import { printerNote, UnclearPrints } from '../printer-notes.tsx'
import { useNow, useShop, useTill } from '../shop.tsx'
import { closeDialog, type StatusTopic } from '../ui-store.ts'

/** One machine or service in full sentences: how it is, and what that means for the cashier. */
export function StatusDialog({ topic }: { readonly topic: StatusTopic }) {
  const words = useWords()
  const { ui } = useShop()
  const till = useTill((state) => state.till)
  const nowMs = useNow(1000)
  const chip = till === null ? undefined : chipsOf(words, till).find(({ id }) => id === topic)
  if (till === null || chip === undefined) return null
  return (
    <Layer title={`${chip.label}: ${chip.state}`} onBack={() => closeDialog(ui)} size="small">
      <div className="stack">
        {linesOf(words, till, topic, chip.tone, nowMs).map(({ tone, says, detail }) => (
          <Notice key={says} tone={tone} title={says}>
            {detail}
          </Notice>
        ))}
        {topic === 'printer' && <UnclearPrints />}
        {till.warnings.length > 0 && (
          <Notice tone="attention" title={words.status.warnings}>
            <ul>
              {till.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </Notice>
        )}
      </div>
    </Layer>
  )
}

interface Line {
  readonly tone: Tone
  readonly says: string
  readonly detail: string
}

function linesOf(
  words: Words,
  till: TillView,
  topic: StatusTopic,
  tone: Tone,
  nowMs: number,
): readonly Line[] {
  const { status } = words
  switch (topic) {
    case 'seqr':
      return seqrLines(words, till, tone, nowMs)
    case 'printer':
      return [
        printerFirst(words, till, tone),
        ...(till.printer.waitingJobs > 0
          ? [
              {
                tone: 'attention' as const,
                says: status.printerWaiting(till.printer.waitingJobs),
                detail: '',
              },
            ]
          : []),
      ]
    case 'scanner':
      return [
        ...till.scanners.map(({ name, state, detail }) => ({
          tone:
            state === 'ready'
              ? ('good' as const)
              : state === 'absent'
                ? ('attention' as const)
                : ('bad' as const),
          says: `${name}: ${status.scanner[state]}`,
          detail,
        })),
        { tone: 'plain', says: status.scannerKeyboard, detail: '' },
      ]
    case 'outbox':
      return [{ tone, says: outboxText(words, till), detail: status.outboxDetail }]
  }
}

function printerFirst(words: Words, { printer }: TillView, tone: Tone): Line {
  const note = printerNote(words, printer)
  if (note !== null) return { tone: note.tone, says: note.says, detail: note.next }
  return { tone, says: words.status.printerDetail[printer.state], detail: '' }
}

function seqrLines(words: Words, { seqr }: TillView, tone: Tone, nowMs: number): readonly Line[] {
  const { status } = words
  const when =
    seqr.lastAnswerAtMs === null
      ? status.never
      : words.time.ago(Math.max(0, Math.floor((nowMs - seqr.lastAnswerAtMs) / 1000)))
  const first: Line =
    seqr.terminal === null
      ? { tone, says: words.rule.noTerminal, detail: words.ruleNext.noTerminal }
      : seqr.seqrId === null
        ? { tone, says: words.rule.noSeqrId, detail: words.ruleNext.noSeqrId }
        : { tone, says: status.seqrDetail[seqr.connection], detail: status.lastAnswer(when) }
  if (seqr.terminal === null) return [first]
  const { name, externalId } = seqr.terminal
  return [
    first,
    {
      tone: 'plain',
      says: status.terminal(`${name}, ${externalId}`),
      detail: seqr.seqrId === null ? '' : status.seqrId(seqr.seqrId),
    },
  ]
}

function outboxText(words: Words, { outbox }: TillView): string {
  if (outbox.needPerson > 0) return words.status.outboxLook(outbox.needPerson)
  return outbox.waiting > 0 ? words.status.outboxWaiting(outbox.waiting) : words.status.outboxEmpty
}
