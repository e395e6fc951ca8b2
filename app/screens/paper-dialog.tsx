import { Button } from '../components/button.tsx'
import { Layer } from '../components/layer.tsx'
import { useWords } from '../components/words-context.tsx'
import { PaperPreview } from './paper-preview.tsx'
import { useShop, useTill } from './shop.tsx'
import { closeDialog } from './ui-store.ts'

/** One paper, to be read on the screen. */
export function PaperDialog({ jobId, title }: { readonly jobId: string; readonly title: string }) {
  const words = useWords()
  const { ui } = useShop()
  const job = useTill(({ papers }) => papers.find(({ id }) => id === jobId) ?? null)
  return (
    <Layer
      title={title}
      onBack={() => closeDialog(ui)}
      className="paper-dialog"
      footer={<Button label={words.done} kind="strong" large autoFocus onPress={() => closeDialog(ui)} />}
    >
      <PaperPreview job={job} />
    </Layer>
  )
}
