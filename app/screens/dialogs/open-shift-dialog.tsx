import { useWords } from '../../components/words-context.tsx'
import { readCounted } from '../entry.ts'
import { useCurrency, useRun, useShop } from '../shop.tsx'
import { closeDialog, tell } from '../ui-store.ts'
import { EntryForm } from '../entry-form.tsx'

/** The start of a shift: how much cash lies in the drawer. */
export function OpenShiftDialog() {
  const words = useWords()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const running = useRun()
  const open = async (floatMinor: number) => {
    if ((await running.run('open', () => pos.shift.open({ floatMinor }), { quiet: true })) === null) return
    closeDialog(ui)
    tell(ui, 'good', words.shift.opened)
  }
  return (
    <EntryForm
      title={words.shift.open}
      subject={words.shift.floatLong}
      label={words.shift.float}
      unit={currency}
      filledIn=""
      read={(text) => readCounted(words, text, currency)}
      onDone={(value) => void open(value)}
      button={words.shift.open}
      running={running}
    />
  )
}
