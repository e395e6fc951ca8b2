import { Button } from '../components/button.tsx'
import { Icon } from '../components/icons.tsx'
import { Notice } from '../components/notice.tsx'
import { useWords } from '../components/words-context.tsx'
import type { TillView } from '../contract/views.ts'
import type { PrinterTrouble } from '../domain/printer-status.ts'
import type { Words } from '../words/en.ts'
import { useRun, useShop, useTill } from './shop.tsx'
import { tell } from './ui-store.ts'

export interface PrinterNote {
  readonly tone: 'attention' | 'bad'
  readonly says: string
  readonly next: string
}

const troubles: ReadonlySet<string> = new Set<PrinterTrouble>([
  'unreachable',
  'coverOpen',
  'paperOut',
  'error',
  'offline',
])

/** What should be known of the printer before a sale ends; null while all is well. */
export function printerNote(words: Words, { state, detail }: TillView['printer']): PrinterNote | null {
  const { devices } = words
  if (state === 'fault' && isTrouble(detail))
    return { tone: 'bad', says: devices.trouble[detail], next: devices.troubleNext[detail] }
  if (detail === 'paperLow') return { tone: 'attention', says: devices.paperLow, next: devices.paperLowNext }
  if (detail === 'unclear') return { tone: 'attention', says: devices.unclear, next: devices.unclearNext }
  return null
}

function isTrouble(detail: string): detail is PrinterTrouble {
  return troubles.has(detail)
}

/** A line above the tender keys and in the cash dialog: what is the matter with the printer, if anything. */
export function PrinterLine() {
  const words = useWords()
  const printer = useTill(({ till }) => till?.printer ?? null)
  const note = printer === null ? null : printerNote(words, printer)
  if (note === null || printer?.detail === 'unclear') return null
  return (
    <p className="printer-line" data-tone={note.tone} role="status">
      <Icon name="printer" size={20} />
      <span>
        <strong>{note.says}.</strong> {note.next}
      </span>
    </p>
  )
}

/** Asks of every print that may be on paper in part what becomes of it. */
export function UnclearPrints() {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const papers = useTill((state) => state.papers)
  const unclear = papers.filter(({ state }) => state === 'unclear')
  const decide = async (jobId: string, again: boolean) => {
    const done = await run(`${jobId} ${again}`, () => pos.paper.decide({ jobId, again }))
    if (done !== null) tell(ui, 'good', again ? words.devices.nowPrinting : words.devices.isSetAside)
  }
  return unclear.map(({ id, title }) => (
    <Notice key={id} tone="attention" title={words.devices.unclearAbout(title)}>
      <div className="unclear-buttons">
        <Button
          label={words.devices.again}
          icon="printer"
          kind="strong"
          busy={busy === `${id} true`}
          onPress={() => void decide(id, true)}
        />
        <Button
          label={words.devices.setAside}
          busy={busy === `${id} false`}
          onPress={() => void decide(id, false)}
        />
      </div>
    </Notice>
  ))
}
