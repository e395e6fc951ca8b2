import { useState, type FormEvent } from 'react'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { SettingsView } from '../../contract/office-views.ts'
import { useRun, useShop, useTill } from '../shop.tsx'
import { edited, tell } from '../ui-store.ts'
import { SaveBar } from './save-bar.tsx'

/** Where the SEQR service is. It is read when the till starts, never in the middle of a payment. */
export function SeqrPart({ settings }: { readonly settings: SettingsView }) {
  const words = useWords()
  const { pos, ui } = useShop()
  const running = useRun()
  const isPractice = useTill(({ till }) => till?.sandbox === true)
  const { seqrUrl, seqrCa } = settings
  const [form, setForm] = useState({ url: seqrUrl.address, ca: seqrCa })
  const says = words.office.settings
  const isChanged = form.url !== seqrUrl.address || form.ca !== seqrCa
  const save = async (event?: FormEvent) => {
    event?.preventDefault()
    if ((await running.run('save', () => pos.settings.saveSeqr(form), { quiet: true })) === null) return
    edited(ui)
    tell(ui, 'good', says.seqrSaved)
  }
  return (
    <form className="settings-form" onSubmit={(event) => void save(event)}>
      <div className="settings-fields scrolls stack">
        <Notice
          tone={isPractice ? 'attention' : 'plain'}
          title={isPractice ? says.seqrPractice : says.seqrInUse(seqrUrl.inUse)}
        >
          {seqrUrl.fixedBy === null ? '' : says.fixedBy(seqrUrl.fixedBy)}
          {isPractice && <p>{says.seqrPracticeLong}</p>}
        </Notice>
        <Field
          label={says.seqrUrl}
          value={form.url}
          maxLength={300}
          note={says.seqrUrlLong}
          placeholder="https://"
          onChange={(url) => setForm((now) => ({ ...now, url }))}
        />
        <Field
          label={says.seqrCa}
          value={form.ca}
          rows={6}
          maxLength={20_000}
          note={says.seqrCaLong}
          onChange={(ca) => setForm((now) => ({ ...now, ca }))}
        />
      </div>
      <SaveBar isChanged={isChanged} running={running} onSave={() => void save()} />
    </form>
  )
}
