import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { JournalCheckView } from '../../contract/office-views.ts'
import { saveParts } from '../save-text.ts'
import { useRun, useShop } from '../shop.tsx'
import { tell } from '../ui-store.ts'

/** The proof of the chain, and the journal as a file. */
export function JournalActs() {
  const words = useWords().journalBook.journal
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const [check, setCheck] = useState<JournalCheckView | null>(null)
  const verify = async () => {
    const done = await run('verify', () => pos.journal.verify())
    if (done !== null) setCheck(done.check)
  }
  const save = async (format: 'jsonl' | 'csv') => {
    const type = format === 'csv' ? 'text/csv' : 'application/x-ndjson'
    const fileName = await saveParts(0, type, (after) =>
      run(format, () => pos.journal.exportPart({ format, after })),
    )
    if (fileName !== null) tell(ui, 'good', words.exported(fileName))
  }
  return (
    <div className="journal-acts">
      <div className="journal-check">{check !== null && <Check check={check} />}</div>
      <Button label={words.verify} icon="approve" busy={busy === 'verify'} onPress={() => void verify()} />
      <Button
        label={words.exportLines}
        icon="out"
        busy={busy === 'jsonl'}
        onPress={() => void save('jsonl')}
      />
      <Button label={words.exportCsv} icon="out" busy={busy === 'csv'} onPress={() => void save('csv')} />
    </div>
  )
}

function Check({ check }: { readonly check: JournalCheckView }) {
  const words = useWords().journalBook.journal
  if (check.ok)
    return (
      <Notice tone="good" title={words.whole(check.entries)} live>
        <span className="mono selectable">
          {words.lastHash} {check.lastHash.slice(0, 16)}
        </span>
      </Notice>
    )
  return (
    <Notice tone="bad" title={words.broken(check.faults.length)} live>
      <ul>
        {check.faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </Notice>
  )
}
