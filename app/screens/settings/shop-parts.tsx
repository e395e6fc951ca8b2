import { useState, type FormEvent, type ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { Select, Switch } from '../../components/choose.tsx'
import { Field, FieldNote } from '../../components/field.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { Currency } from '../../domain/money.ts'
import { currencies } from '../../domain/money.ts'
import type { ShopSettings } from '../../domain/shop.ts'
import { wordsFor } from '../../words/words.ts'
import { useRun, useShop } from '../shop.tsx'
import { edited, tell } from '../ui-store.ts'
import { SaveBar } from './save-bar.tsx'
import { formOf, readShop, type ShopFaults, type ShopForm } from './shop-form.ts'

interface FormParts {
  readonly form: ShopForm
  readonly faults: ShopFaults
  readonly set: (part: Partial<ShopForm>) => void
}

/** A part of the shop's settings: what is typed is kept until it is saved, and saved as a whole. */
function ShopFormPart(props: {
  readonly shop: ShopSettings
  readonly children: (parts: FormParts) => ReactNode
}) {
  const words = useWords()
  const { pos, ui } = useShop()
  const running = useRun()
  const [form, setForm] = useState(() => formOf(props.shop, words.numerals))
  const [isTried, setTried] = useState(false)
  const read = readShop(words, form)
  const isChanged = JSON.stringify(form) !== JSON.stringify(formOf(props.shop, words.numerals))
  const save = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (!read.ok || !isChanged) return
    if ((await running.run('save', () => pos.settings.save(asInput(read.shop)), { quiet: true })) === null)
      return
    edited(ui)
    // The language may be among what was saved, and these words are still those of before.
    const saved = wordsFor(read.shop.language)
    setForm(formOf(read.shop, saved.numerals))
    tell(ui, 'good', saved.office.settings.saved)
  }
  return (
    <form className="settings-form" onSubmit={(event) => void save(event)}>
      <div className="settings-fields scrolls">
        {props.children({
          form,
          faults: isTried && !read.ok ? read.faults : {},
          set: (part) => setForm((now) => ({ ...now, ...part })),
        })}
      </div>
      <SaveBar isChanged={isChanged} running={running} onSave={() => void save()} />
    </form>
  )
}

/** Plain lists that the contract may take. */
function asInput(shop: ShopSettings): ShopSettings {
  return { ...shop, tenderTypes: [...shop.tenderTypes] }
}

export function ShopPart({ shop }: { readonly shop: ShopSettings }) {
  const words = useWords()
  const says = words.office.settings
  return (
    <ShopFormPart shop={shop}>
      {({ form, faults, set }) => (
        <div className="settings-grid">
          <Field
            label={says.storeName}
            value={form.storeName}
            maxLength={40}
            fault={faults.storeName ?? null}
            onChange={(storeName) => set({ storeName })}
          />
          <Field
            label={says.tillName}
            value={form.tillName}
            maxLength={24}
            fault={faults.tillName ?? null}
            onChange={(tillName) => set({ tillName })}
          />
          <Select
            label={says.language}
            value={form.language}
            options={[
              { value: 'en', label: says.languages.en },
              { value: 'sv', label: says.languages.sv },
            ]}
            onChange={(language) => set({ language })}
          />
          <Field
            label={says.timeZone}
            value={form.timeZone}
            maxLength={64}
            fault={faults.timeZone ?? null}
            onChange={(timeZone) => set({ timeZone })}
          />
        </div>
      )}
    </ShopFormPart>
  )
}

type Columns = '32' | '42' | '48'

export function PaperPart({ shop }: { readonly shop: ShopSettings }) {
  const words = useWords()
  const says = words.office.settings
  return (
    <ShopFormPart shop={shop}>
      {({ form, faults, set }) => (
        <div className="settings-grid">
          <Field
            label={says.headerLines}
            value={form.headerLines}
            rows={6}
            maxLength={400}
            note={says.headerLong}
            fault={faults.headerLines ?? null}
            onChange={(headerLines) => set({ headerLines })}
          />
          <Field
            label={says.footerLines}
            value={form.footerLines}
            rows={6}
            maxLength={400}
            note={says.footerLong}
            fault={faults.footerLines ?? null}
            onChange={(footerLines) => set({ footerLines })}
          />
          <Select<Columns>
            label={says.paperColumns}
            value={String(form.paperColumns) as Columns}
            options={[
              { value: '32', label: says.columns[32] },
              { value: '42', label: says.columns[42] },
              { value: '48', label: says.columns[48] },
            ]}
            onChange={(columns) => set({ paperColumns: Number(columns) as ShopForm['paperColumns'] })}
          />
        </div>
      )}
    </ShopFormPart>
  )
}

export function MoneyPart({ shop }: { readonly shop: ShopSettings }) {
  const words = useWords()
  const says = words.office.settings
  return (
    <ShopFormPart shop={shop}>
      {(parts) => (
        <>
          <div className="settings-grid">
            <Select<Currency>
              label={says.currency}
              value={parts.form.currency}
              options={(Object.keys(currencies) as Currency[]).map((code) => ({
                value: code,
                label: `${code}: ${currencies[code].name}`,
              }))}
              onChange={(currency) => parts.set({ currency })}
            />
            <Field
              label={says.vatRates}
              value={parts.form.vatRates}
              maxLength={60}
              note={says.vatRatesLong}
              fault={parts.faults.vatRates ?? null}
              onChange={(vatRates) => parts.set({ vatRates })}
            />
            <Switch
              label={says.blindCount}
              note={says.blindCountLong}
              isOn={parts.form.blindCount}
              onChange={(blindCount) => parts.set({ blindCount })}
            />
            <Field
              label={`${says.reservationMinutes} (${says.minutes})`}
              value={parts.form.reservationMinutes}
              maxLength={5}
              digitsOnly
              fault={parts.faults.reservationMinutes ?? null}
              onChange={(reservationMinutes) => parts.set({ reservationMinutes })}
            />
          </div>
          <Tenders {...parts} />
        </>
      )}
    </ShopFormPart>
  )
}

function Tenders({ form, faults, set }: FormParts) {
  const words = useWords()
  const says = words.office.settings
  const { tenderTypes } = form
  const change = (id: string, part: Partial<(typeof tenderTypes)[number]>) =>
    set({ tenderTypes: tenderTypes.map((each) => (each.id === id ? { ...each, ...part } : each)) })
  return (
    <fieldset className="tenders-set">
      <legend>{says.tenders}</legend>
      <p className="soft">{says.tendersLong}</p>
      {tenderTypes.map(({ id, name, asksReference }) => (
        <div key={id} className="tender-set">
          <Field
            label={says.tenderName}
            value={name}
            maxLength={24}
            onChange={(text) => change(id, { name: text })}
          />
          <Switch
            label={says.asksReference}
            isOn={asksReference}
            onChange={(isOn) => change(id, { asksReference: isOn })}
          />
          <Button
            label={says.removeTender(name)}
            icon="bin"
            iconOnly
            kind="quiet"
            onPress={() => set({ tenderTypes: tenderTypes.filter((each) => each.id !== id) })}
          />
        </div>
      ))}
      <FieldNote id="tenders-note" fault={faults.tenderTypes ?? null} />
      <Button
        label={says.addTender}
        icon="plus"
        reason={tenderTypes.length >= 12 ? says.tenderFault : null}
        onPress={() =>
          set({
            tenderTypes: [
              ...tenderTypes,
              { id: crypto.randomUUID().slice(0, 8), name: '', asksReference: false },
            ],
          })
        }
      />
    </fieldset>
  )
}
