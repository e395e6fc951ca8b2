import { Button } from '../../components/button.tsx'
import { Layer } from '../../components/layer.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import { PaperPreview } from '../paper-preview.tsx'
import { useShop, useTill } from '../shop.tsx'
import { closeDialog } from '../ui-store.ts'

/** The Z report of the shift that was just closed. Nobody is signed in any more. */
export function ShiftClosedDialog(props: {
  readonly jobId: string
  readonly number: number
  readonly verdict: string
}) {
  const words = useWords()
  const { ui } = useShop()
  const job = useTill(({ papers }) => papers.find(({ id }) => id === props.jobId) ?? null)
  const says = words.office.closing
  return (
    <Layer
      title={says.closed(props.number)}
      onBack={() => closeDialog(ui)}
      className="paper-dialog"
      footer={<Button label={words.done} kind="strong" large autoFocus onPress={() => closeDialog(ui)} />}
    >
      <Notice tone="good" title={props.verdict}>
        {says.signedOut}
      </Notice>
      <PaperPreview job={job} />
    </Layer>
  )
}
