import { useEffect, useState, type ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { JournalCheckView, UpkeepView } from '../../contract/office-views.ts'
import { decimalText } from '../../domain/numerals.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useAnswer, useRun, useShop, useTill } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { tell } from '../ui-store.ts'

/** How the till itself is: its journal, what waits to be sent, backups, and what it is made of. */
function Upkeep() {
  const words = useWords()
  const { pos } = useShop()
  const [looks, setLooks] = useState(0)
  const marks = useTill(({ till, sale }) =>
    [till?.outbox.waiting, till?.outbox.needPerson, till?.warnings.length, sale?.finished?.number].join(' '),
  )
  const upkeep = useAnswer(`${looks} ${marks}`, () => pos.upkeep.current())?.answer
  const lookAgain = () => setLooks((now) => now + 1)
  const says = words.office.upkeep
  return (
    <ScreenFrame title={says.title} className="upkeep">
      {upkeep !== undefined && (
        <div className="upkeep-cards scrolls">
          {upkeep.warnings.length > 0 && (
            <Notice tone="attention" title={says.warnings}>
              {upkeep.warnings.map((warning) => (
                <p key={warning}>{warning}</p>
              ))}
            </Notice>
          )}
          <JournalCard upkeep={upkeep} onDone={lookAgain} />
          <OutboxCard upkeep={upkeep} onDone={lookAgain} />
          <BackupCard upkeep={upkeep} onDone={lookAgain} />
          <TillCard upkeep={upkeep} />
        </div>
      )}
    </ScreenFrame>
  )
}

interface CardProps {
  readonly upkeep: UpkeepView
  readonly onDone: () => void
}

function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, string | number])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="selectable">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function JournalCard({ upkeep, onDone }: CardProps) {
  const words = useWords()
  const { pos } = useShop()
  const { busy, trouble, run } = useRun()
  const [share, setShare] = useState(0)
  useEffect(
    () =>
      pos.upkeep.onProgressed(({ what, share: now }) => {
        if (what === 'proving') setShare(now)
      }),
    [pos],
  )
  const says = words.office.upkeep
  const prove = async () => {
    setShare(0)
    await run('prove', () => pos.upkeep.verify(), { quiet: true })
    onDone()
  }
  return (
    <Card title={says.journal}>
      <p className="soft">{says.journalLong}</p>
      <Facts
        facts={[
          [says.entries, upkeep.journalEntries],
          [says.lastReceipt, upkeep.lastReceiptNumber],
        ]}
      />
      {busy !== null && <progress value={share} max={1} aria-label={says.proving} />}
      {busy === null && upkeep.check !== null && <CheckNotice check={upkeep.check} />}
      <TroubleNotice trouble={trouble} />
      <Button label={says.prove} icon="approve" large busy={busy !== null} onPress={() => void prove()} />
    </Card>
  )
}

function CheckNotice({ check }: { readonly check: JournalCheckView }) {
  const words = useWords()
  const says = words.office.upkeep
  if (check.ok)
    return (
      <Notice tone="good" title={says.proved(check.entries)} live>
        <span className="mono selectable">{says.hash(check.lastHash.slice(0, 16))}</span>
      </Notice>
    )
  return (
    <Notice tone="bad" title={says.faulty(check.faults.length)} live>
      <ul>
        {check.faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </Notice>
  )
}

function OutboxCard({ upkeep, onDone }: CardProps) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const says = words.office.upkeep
  const again = async (itemId: string) => {
    if ((await run(itemId, () => pos.upkeep.sendAgain({ itemId }))) !== null) tell(ui, 'good', says.sending)
    onDone()
  }
  return (
    <Card title={says.outbox}>
      {upkeep.outbox.length === 0 ? (
        <div className="empty">
          <Icon name="outbox" size={40} />
          <p>{says.outboxNone}</p>
        </div>
      ) : (
        <ul className="list">
          {upkeep.outbox.map(({ id, kind, about, state, attempts, lastFault }) => (
            <li key={id} className="list-line">
              <Icon name={state === 'waiting' ? 'hourglass' : 'warning'} size={20} />
              <span className="choice-what">
                <strong>{says.about(says.kind[kind] ?? kind, about)}</strong>
                <span>
                  {says.state[state]} · {says.tries(attempts, lastFault ?? '')}
                </span>
              </span>
              <Button label={says.sendAgain} busy={busy === id} onPress={() => void again(id)} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function BackupCard({ upkeep, onDone }: CardProps) {
  const words = useWords()
  const { pos } = useShop()
  const { busy, trouble, run } = useRun()
  const says = words.office.upkeep
  const { lastBackup, backups, backupFolder } = upkeep
  const backUp = async () => {
    await run('backUp', () => pos.upkeep.backUp(), { quiet: true })
    onDone()
  }
  return (
    <Card title={says.backups}>
      <Facts
        facts={[
          [says.folder, backupFolder],
          [says.newest, backups[0]?.name ?? says.backupNone],
          [says.count, backups.length],
        ]}
      />
      {lastBackup?.ok === true && <Notice tone="good" title={says.backedUp(lastBackup.file)} live />}
      {lastBackup?.ok === false && (
        <Notice tone="bad" title={says.backupFault[lastBackup.problem]} live>
          {lastBackup.detail}
        </Notice>
      )}
      <TroubleNotice trouble={trouble} />
      <Button
        label={busy === null ? says.backUp : says.backingUp}
        icon="tray"
        large
        busy={busy !== null}
        onPress={() => void backUp()}
      />
    </Card>
  )
}

function TillCard({ upkeep }: { readonly upkeep: UpkeepView }) {
  const words = useWords()
  const says = words.office.upkeep
  return (
    <Card title={says.about2}>
      <Facts
        facts={[
          [says.version, upkeep.version],
          [says.runtime, upkeep.runtime],
          [says.data, upkeep.dataDir],
          [
            says.size,
            says.megabytes(decimalText((upkeep.databaseBytes / 1_000_000).toFixed(1), words.numerals)),
          ],
          [says.articles, upkeep.articles],
        ]}
      />
    </Card>
  )
}

export const upkeepScreen: Screen = {
  id: 'upkeep',
  place: 'elsewhere',
  icon: 'approve',
  title: (words) => words.office.upkeep.title,
  view: Upkeep,
  menu: 'configuration',
}
