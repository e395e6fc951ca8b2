import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { PrintJobView } from '../../contract/views.ts'
import { useTimes } from '../times.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useRun, useShop, useTill } from '../shop.tsx'
import { tell } from '../ui-store.ts'
import { PaperPreview } from '../paper-preview.tsx'

/** What has been printed lately, with or without a printer, and what to do with a print that went wrong. */
function Papers() {
  const words = useWords()
  const papers = useTill((state) => state.papers)
  const [chosenId, choose] = useState<string | null>(null)
  const job = papers.find(({ id }) => id === chosenId) ?? papers[0] ?? null
  return (
    <ScreenFrame title={words.papers.title} className="papers">
      {papers.length === 0 ? (
        <div className="empty">
          <Icon name="receipt" size={52} />
          <p>{words.papers.none}</p>
          <p className="soft">{words.papers.noneLong}</p>
        </div>
      ) : (
        <>
          <ul className="choice-list scrolls">
            {papers.map((each) => (
              <li key={each.id}>
                <JobButton job={each} isChosen={each.id === job?.id} onPress={() => choose(each.id)} />
              </li>
            ))}
          </ul>
          <div className="papers-side">
            <PaperPreview job={job} />
            {job !== null && <JobActions job={job} />}
          </div>
        </>
      )}
    </ScreenFrame>
  )
}

function JobButton(props: {
  readonly job: PrintJobView
  readonly isChosen: boolean
  readonly onPress: () => void
}) {
  const words = useWords()
  const times = useTimes()
  const { title, atMs, state, copy } = props.job
  return (
    <Button label={title} className="choice" pressed={props.isChosen} onPress={props.onPress}>
      <span className="choice-what">
        <strong>
          {title}
          {copy && <em className="copy-mark">{words.papers.copy}</em>}
        </strong>
        <span>{times.clock(atMs)}</span>
      </span>
      <span className="job-state" data-state={state}>
        <Icon name={state === 'unclear' ? 'warning' : state === 'printed' ? 'tick' : 'printer'} size={18} />
        {words.papers.state[state]}
      </span>
    </Button>
  )
}

function JobActions({ job }: { readonly job: PrintJobView }) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  if (job.state === 'unclear')
    return (
      <>
        <Notice tone="attention">{words.papers.unclearLong}</Notice>
        <div className="papers-buttons">
          <Button
            label={words.papers.setAside}
            busy={busy === 'aside'}
            onPress={() => void run('aside', () => pos.paper.decide({ jobId: job.id, again: false }))}
          />
          <Button
            label={words.papers.again}
            icon="printer"
            kind="strong"
            busy={busy === 'again'}
            onPress={() => void run('again', () => pos.paper.decide({ jobId: job.id, again: true }))}
          />
        </div>
      </>
    )
  const { receiptId } = job
  if (receiptId === null) return null
  const reprint = async () => {
    if ((await run('reprint', () => pos.paper.reprint({ receiptId }))) !== null)
      tell(ui, 'good', words.finished.reprinted)
  }
  return (
    <div className="papers-buttons">
      <Button
        label={words.papers.reprint}
        icon="printer"
        busy={busy !== null}
        onPress={() => void reprint()}
      />
    </div>
  )
}

export const papersScreen: Screen = {
  id: 'papers',
  place: 'elsewhere',
  icon: 'receipt',
  title: (words) => words.menu.papers,
  view: Papers,
  menu: 'till',
}
