import { Button } from '../../components/button.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import { saveText } from '../save-text.ts'
import { useRun, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, tell } from '../ui-store.ts'

/** The whole catalogue as a file, in the form that the shop's spreadsheet reads. */
export function ExportDialog() {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const says = words.office.articles
  const save = async (separator: ';' | ',') => {
    const done = await run(separator, () => pos.catalogue.exportCsv({ separator }), { quiet: true })
    if (done === null) return
    const name = `articles-${new Date().toISOString().slice(0, 10)}.csv`
    saveText(name, done.csv, 'text/csv')
    closeDialog(ui)
    tell(ui, 'good', says.exported(name))
  }
  return (
    <Layer title={says.exportFile} onBack={() => closeDialog(ui)} size="small">
      <div className="stack">
        <TroubleNotice trouble={trouble} />
        <Button label={says.semicolons} large busy={busy === ';'} onPress={() => void save(';')} />
        <Button label={says.commas} large busy={busy === ','} onPress={() => void save(',')} />
      </div>
    </Layer>
  )
}
