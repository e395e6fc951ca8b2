import { Notice } from '../components/notice.tsx'
import { useWords } from '../components/words-context.tsx'
import { troubleSentence, type Trouble } from '../words/sentences.ts'

/** What the last attempt failed with, inside the dialog it was made in. */
export function TroubleNotice({ trouble }: { readonly trouble: Trouble | null }) {
  const words = useWords()
  if (trouble === null) return null
  const { says, next } = troubleSentence(words, trouble)
  return (
    <Notice tone="bad" title={says} live>
      {next}
    </Notice>
  )
}
