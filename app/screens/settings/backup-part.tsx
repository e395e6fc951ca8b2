import { useState, type FormEvent } from 'react'
import { Switch } from '../../components/choose.tsx'
import { Field } from '../../components/field.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { BackupSettings } from '../../contract/office-views.ts'
import { useRun, useShop } from '../shop.tsx'
import { edited, tell } from '../ui-store.ts'
import { SaveBar } from './save-bar.tsx'

/** Where backups go, and how often. */
export function BackupPart({ backup }: { readonly backup: BackupSettings }) {
  const words = useWords()
  const { pos, ui } = useShop()
  const running = useRun()
  const before = { folder: backup.folder, daily: backup.daily, keep: String(backup.keep) }
  const [form, setForm] = useState(before)
  const [isTried, setTried] = useState(false)
  const says = words.office.settings
  const keep = Number(form.keep)
  const isWrong = !Number.isInteger(keep) || keep < 1 || keep > 365
  const save = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (isWrong) return
    const input = { folder: form.folder.trim(), daily: form.daily, keep }
    if ((await running.run('save', () => pos.settings.saveBackup(input), { quiet: true })) === null) return
    edited(ui)
    tell(ui, 'good', says.saved)
  }
  return (
    <form className="settings-form" onSubmit={(event) => void save(event)}>
      <div className="settings-fields scrolls stack">
        <Field
          label={says.backupFolder}
          value={form.folder}
          maxLength={300}
          note={says.backupFolderLong}
          onChange={(folder) => setForm((now) => ({ ...now, folder }))}
        />
        <Switch
          label={says.backupDaily}
          isOn={form.daily}
          onChange={(daily) => setForm((now) => ({ ...now, daily }))}
        />
        <Field
          label={says.backupKeep}
          value={form.keep}
          maxLength={3}
          digitsOnly
          fault={isTried && isWrong ? says.keepFault : null}
          onChange={(text) => setForm((now) => ({ ...now, keep: text }))}
        />
      </div>
      <SaveBar
        isChanged={JSON.stringify(form) !== JSON.stringify(before)}
        running={running}
        onSave={() => void save()}
      />
    </form>
  )
}
