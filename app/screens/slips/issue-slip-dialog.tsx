import { useId, useState, type FormEvent } from 'react'
import { AmountInput } from '../../components/amount-input.tsx'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Icon } from '../../components/icons.tsx'
import { afterKey, Keypad, type Typed } from '../../components/keypad.tsx'
import { Layer } from '../../components/layer.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { MerchantView } from '../../contract/slip-views.ts'
import { readAmount } from '../entry.ts'
import { useCurrency, useRun, useShop, useTill, type Running } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, openDialog } from '../ui-store.ts'

const none: readonly MerchantView[] = []

/** A new slip for a merchant account of the store. */
export function IssueSlipDialog() {
  const { slips } = useWords()
  const { ui } = useShop()
  const merchants = useTill((state) => state.slips?.merchants ?? none)
  if (merchants.length > 0) return <IssueForm merchants={merchants} />
  return (
    <Layer title={slips.issueTitle} onBack={() => closeDialog(ui)}>
      <div className="empty">
        <Icon name="note" size={44} />
        <p>{slips.noAccounts}</p>
        <p className="soft">{slips.noAccountsLong}</p>
      </div>
    </Layer>
  )
}

interface Form {
  readonly merchantID: string
  readonly merchantRef: string
  readonly description: string
  readonly remarks: string
  readonly minutes: Minutes
}
type Minutes = 60 | 1440 | 2880 | 10080
const choices: readonly Minutes[] = [60, 1440, 2880, 10080]

function IssueForm({ merchants }: { readonly merchants: readonly MerchantView[] }) {
  const words = useWords()
  const { slips } = words
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const running = useRun()
  const [typed, setTyped] = useState<Typed>({ text: '', fresh: true })
  const [form, setForm] = useState<Form>({
    merchantID: merchants[0]?.merchantID ?? '',
    merchantRef: '',
    description: '',
    remarks: '',
    minutes: 2880,
  })
  const [isTried, setTried] = useState(false)
  const set = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }))
  const read = readAmount(words, typed.text, currency)
  const issue = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (!read.ok) return
    const { minutes: expiresInMinutes, ...rest } = form
    const input = { ...rest, amountMinor: read.value, expiresInMinutes }
    const done = await running.run('issue', () => pos.slip.issue(input), { quiet: true })
    if (done !== null) openDialog(ui, { kind: 'issuedSlip', issuedId: done.issuedId })
  }
  return (
    <Layer title={slips.issueTitle} onBack={() => closeDialog(ui)} size="large" className="entry issue-slip">
      <form className="entry-form" onSubmit={(event) => void issue(event)}>
        <div className="entry-left">
          <div className="issue-top">
            <Account merchants={merchants} form={form} onChoose={(merchantID) => set({ merchantID })} />
            <AmountInput
              label={slips.amount}
              typed={typed}
              onTyped={setTyped}
              unit={currency}
              fault={isTried && !read.ok ? read.says : null}
            />
          </div>
          <Field
            label={slips.description}
            note={slips.descriptionLong}
            value={form.description}
            maxLength={3000}
            onChange={(description) => set({ description })}
          />
          <div className="two-columns">
            <Field
              label={slips.merchantRef}
              note={slips.merchantRefLong}
              value={form.merchantRef}
              maxLength={40}
              onChange={(merchantRef) => set({ merchantRef })}
            />
            <Field
              label={slips.remarks}
              note={slips.remarksLong}
              value={form.remarks}
              maxLength={660}
              onChange={(remarks) => set({ remarks })}
            />
          </div>
          <div role="group" aria-label={slips.expiresIn} className="segments">
            <span>{slips.expiresIn}</span>
            {choices.map((minutes) => (
              <Button
                key={minutes}
                label={slips.expiryChoices[minutes]}
                pressed={form.minutes === minutes}
                onPress={() => set({ minutes })}
              />
            ))}
          </div>
          <IssueTrouble running={running} />
          <div className="grow" />
          <Button
            label={slips.issueDo}
            kind="strong"
            large
            icon="printer"
            type="submit"
            busy={running.busy !== null}
            onPress={() => void issue()}
          />
        </div>
        <Keypad onKey={(key) => setTyped((now) => afterKey(now, key))} />
      </form>
    </Layer>
  )
}

function Account(props: {
  readonly merchants: readonly MerchantView[]
  readonly form: Form
  readonly onChoose: (merchantID: string) => void
}) {
  const { slips } = useWords()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{slips.account}</label>
      <select id={id} value={props.form.merchantID} onChange={(event) => props.onChoose(event.target.value)}>
        {props.merchants.map(({ merchantID, name }) => (
          <option key={merchantID} value={merchantID}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

function IssueTrouble({ running: { trouble } }: { readonly running: Running }) {
  const { slips } = useWords()
  if (trouble?.reason === 'slipServer' && trouble.problem === 'noAnswer')
    return (
      <Notice tone="bad" live>
        {slips.issueNoAnswer}
      </Notice>
    )
  if (trouble?.reason === 'invalid')
    return (
      <Notice tone="bad" live>
        {slips.issueField}
      </Notice>
    )
  return <TroubleNotice trouble={trouble} />
}
