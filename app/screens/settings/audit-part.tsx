import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { Words } from '../../words/en.ts'
import type { AuditView } from '../../contract/office-views.ts'
import { askedWithRights } from '../ask.ts'
import { askForPin, useAnswer, useShop, useTill } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { useTimes } from '../times.ts'

/** Who changed what, field by field, the newest first. */
export function AuditPart() {
  const words = useWords()
  const shop = useShop()
  const [text, setText] = useState('')
  const [before, setBefore] = useState<readonly (number | null)[]>([null])
  const [tries, setTries] = useState(0)
  const isUnlocked = useTill(({ till }) => till?.unlockedUntilMs != null)
  const beforeMs = before.at(-1) ?? null
  const search = { text: text.trim(), beforeMs }
  const got = useAnswer(`${search.text} ${beforeMs} ${tries} ${isUnlocked}`, () =>
    askedWithRights(
      () => shop.pos.settings.audit(search),
      (permission) => askForPin(shop, permission),
    ),
  )?.answer
  const says = words.office.settings
  const oldest = got?.ok === true ? got.entries.at(-1) : undefined
  return (
    <div className="settings-form">
      <Field
        label={says.search}
        value={text}
        maxLength={80}
        onChange={(typed) => {
          setText(typed)
          setBefore([null])
        }}
      />
      {got?.ok === false && (
        <>
          <TroubleNotice trouble={got} />
          <Button label={words.retry} large onPress={() => setTries((now) => now + 1)} />
        </>
      )}
      {got?.ok === true && got.entries.length === 0 && <p className="soft">{says.noEntries}</p>}
      {got?.ok === true && got.entries.length > 0 && (
        <ul className="list scrolls audit-lines" aria-label={says.tabs.audit}>
          {got.entries.map((entry) => (
            <AuditLine
              key={`${entry.atMs} ${entry.act} ${entry.by} ${JSON.stringify(entry.changes)}`}
              entry={entry}
            />
          ))}
          {oldest !== undefined && got.entries.length >= 100 && (
            <li>
              <Button label={says.more} large onPress={() => setBefore((now) => [...now, oldest.atMs])} />
            </li>
          )}
        </ul>
      )}
    </div>
  )
}

/** What a field is called on its own page; the main process's name where it has none. */
function fieldName({ office }: Words, field: string): string {
  const { settings, articles, people } = office
  const known: Readonly<Record<string, unknown>> = {
    ...people,
    ...articles,
    ...settings,
    vatRatesBasisPoints: settings.vatRates,
    tenderTypes: settings.tenders,
    permissions: people.may,
    role: people.role,
    newPin: people.newPin,
    priceMinor: articles.price('').replace(/[,\s]+$/, ''),
    vatBasisPoints: articles.vat,
    unitDecimals: articles.decimals,
    categoryId: articles.category,
  }
  const name = known[field]
  return typeof name === 'string' ? name : field
}

function AuditLine({ entry }: { readonly entry: AuditView }) {
  const words = useWords()
  const { atMs, by, act, subject, changes } = entry
  const times = useTimes()
  return (
    <li className="audit-line">
      <p>
        <strong>{words.office.act[act]}</strong>
        {subject !== '' && <span> · {subject}</span>}
        <span className="soft">
          {' '}
          · {by} · {times.exact(atMs)}
        </span>
      </p>
      {changes.length > 0 && (
        <dl>
          {changes.map(({ field, was, is }) => (
            <div key={field}>
              <dt>{fieldName(words, field)}</dt>
              <dd>
                {was !== null && (
                  <>
                    <del>{was}</del> →{' '}
                  </>
                )}
                <ins>{is}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
