import type { CSSProperties } from 'react'
import { Icon } from '../components/icons.tsx'
import { PaperView as Paper } from '../components/paper-view.tsx'
import { useWords } from '../components/words-context.tsx'
import type { PrintJobView } from '../contract/views.ts'
import { useAnswer, useShop, useTill } from './shop.tsx'

/** The paper of a print, drawn from the very bytes the printer gets. */
export function PaperPreview({ job }: { readonly job: PrintJobView | null }) {
  const words = useWords()
  const { pos } = useShop()
  const jobId = job?.id ?? ''
  const shown = useAnswer(job === null ? null : `${jobId} ${job.state}`, () =>
    pos.paper.show({ jobId }),
  )?.answer
  if (shown == null || shown.job.id !== jobId)
    return (
      <div className="paper-preview">
        <div className="empty">
          <Icon name="receipt" size={44} />
          <p>{words.payment.previewWaits}</p>
        </div>
      </div>
    )
  return (
    <div
      className="paper-preview scrolls"
      role="region"
      aria-label={words.papers.preview}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      style={{ '--columns': shown.paper.columns } as CSSProperties}
    >
      <Paper paper={shown.paper} {...(shown.job.copy ? { mark: words.papers.copy } : {})} />
    </div>
  )
}

/** The newest receipt since a moment: the one that a payment has just finished. */
export function LatestPaper({ sinceMs }: { readonly sinceMs: number }) {
  const job = useTill(({ papers }) => newestSince(papers, sinceMs))
  return <PaperPreview job={job} />
}

function newestSince(papers: readonly PrintJobView[], sinceMs: number): PrintJobView | null {
  const since = papers.filter(({ atMs }) => atMs >= sinceMs)
  return since.reduce<PrintJobView | null>(
    (best, job) => (best === null || job.atMs >= best.atMs ? job : best),
    null,
  )
}
