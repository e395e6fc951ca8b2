import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { ReconciliationLine, ReconciliationView } from '../../contract/reconcile-views.ts'
import { askedWithRights } from '../ask.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { askForPin, useAnswer, useRun, useShop } from '../shop.tsx'
import { useTimes } from '../times.ts'
import { TroubleNotice } from '../trouble-notice.tsx'
import { useLive } from '../use-live.ts'
import { ReconciliationResult } from './reconciliation-result.tsx'

/** Ends SEQR's period and shows, line by line, where the two sides differ; and what was found before. */
function Reconcile() {
  const words = useWords()
  const { pos } = useShop()
  const { busy, trouble, run } = useRun()
  const [chosenId, choose] = useState<string | null>(null)
  const [notes, setNotes] = useState(0)
  const current = useLive(() => pos.reconciliation.current(), pos.reconciliation.onChanged)?.current ?? null
  const mark = `${current?.id} ${current?.stage} ${notes}`
  const lines = useAnswer(mark, () => pos.reconciliation.list())?.answer ?? []
  const text = words.books.reconcile
  const isOver = current === null || ['done', 'failed', 'givenUp'].includes(current.stage)
  const start = async () => {
    if ((await run('start', () => pos.reconciliation.start(), { quiet: true })) !== null) choose(null)
  }
  const noted = () => setNotes((now) => now + 1)
  const isEarlier = chosenId !== null && chosenId !== current?.id
  return (
    <ScreenFrame title={text.title} className="books reconcile">
      <section className="books-list" aria-label={text.earlier}>
        <p>{text.long}</p>
        <TroubleNotice trouble={trouble} />
        {isOver && (
          <Button
            label={text.start}
            kind="strong"
            large
            busy={busy === 'start'}
            onPress={() => void start()}
          />
        )}
        {current !== null && <Progress current={current} />}
        <Earlier lines={lines} shownId={isEarlier ? chosenId : (current?.id ?? null)} onChoose={choose} />
      </section>
      <section className="books-side scrolls" aria-label={text.findings}>
        {isEarlier ? (
          <EarlierResult key={chosenId} id={chosenId} notes={notes} onNoted={noted} />
        ) : current?.result == null ? (
          <p className="soft">{current === null ? text.none : text.later}</p>
        ) : (
          <ReconciliationResult key={current.id} of={current} result={current.result} onNoted={noted} />
        )}
      </section>
    </ScreenFrame>
  )
}

function Progress({ current }: { readonly current: ReconciliationView }) {
  const words = useWords()
  const { pos } = useShop()
  const { busy, run } = useRun()
  const text = words.books.reconcile
  const { stage } = current
  const button = (name: 'askAgain' | 'stop' | 'goOn' | 'giveUp') => (
    <Button
      label={text[name]}
      busy={busy === name}
      onPress={() => void run(name, () => pos.reconciliation[name]())}
    />
  )
  const isCalm = stage === 'marking' || stage === 'waiting' || stage === 'done'
  return (
    <>
      <Notice
        tone={stage === 'done' ? 'good' : isCalm ? 'plain' : 'attention'}
        title={text.stage[stage]}
        live
      >
        {stage === 'markUnknown' && <p>{text.markUnknownNext}</p>}
        {stage === 'failed' && (
          <p>
            {current.refusal?.code ?? ''} {current.refusal?.description} {text.failedNext}
          </p>
        )}
        {stage === 'stopped' && <p>{text.stoppedNext}</p>}
        {current.notReady > 0 && <p>{text.notReady(current.notReady)}</p>}
        {current.isSilent && <p>{text.silent}</p>}
        {current.trouble !== null && <p>{current.trouble.description}</p>}
      </Notice>
      <div className="papers-buttons">
        {stage === 'waiting' && button('stop')}
        {stage === 'markUnknown' && button('askAgain')}
        {stage === 'stopped' && button('goOn')}
        {(stage === 'stopped' || stage === 'markUnknown') && button('giveUp')}
      </div>
    </>
  )
}

/** All that were compared, the newest first. */
function Earlier(props: {
  readonly lines: readonly ReconciliationLine[]
  readonly shownId: string | null
  readonly onChoose: (id: string) => void
}) {
  const { books } = useWords()
  const times = useTimes()
  const text = books.reconcile
  const compared = props.lines.filter(({ stage }) => stage === 'done')
  const verdict = ({ findings, toDo }: ReconciliationLine) =>
    toDo > 0 ? text.toDo(toDo) : findings === 0 ? text.agrees : text.followedUp
  return (
    <ul className="choice-list scrolls" aria-label={text.earlier}>
      {compared.map((line) => (
        <li key={line.id}>
          <Button
            label={text.number(line.number ?? 0)}
            className="choice"
            pressed={line.id === props.shownId}
            onPress={() => props.onChoose(line.id)}
          >
            <span className="choice-what">
              <strong>{text.number(line.number ?? 0)}</strong>
              <span>
                {times.short(line.startedAtMs)} · {line.by}
              </span>
            </span>
            <span>{verdict(line)}</span>
          </Button>
        </li>
      ))}
    </ul>
  )
}

function EarlierResult({ id, notes, onNoted }: { id: string; notes: number; onNoted: () => void }) {
  const shop = useShop()
  const got = useAnswer(`${id} ${notes}`, () =>
    askedWithRights(
      () => shop.pos.reconciliation.show({ id }),
      (permission) => askForPin(shop, permission),
    ),
  )?.answer
  if (got === undefined) return null
  if (!got.ok) return <TroubleNotice trouble={got} />
  const { reconciliation } = got
  if (reconciliation.result === null) return null
  return <ReconciliationResult of={reconciliation} result={reconciliation.result} onNoted={onNoted} />
}

export const reconcileScreen: Screen = {
  id: 'reconcile',
  place: 'elsewhere',
  icon: 'approve',
  title: (words) => words.books.reconcile.title,
  view: Reconcile,
  menu: 'till',
}
