import { useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Select, Switch } from '../../components/choose.tsx'
import { Field } from '../../components/field.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { ArticleView } from '../../contract/views.ts'
import { percentText, unitText } from '../../domain/numerals.ts'
import { useAnswer, useCurrency, useRun, useShop, useUi } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, edited, tell } from '../ui-store.ts'
import { formOf, readArticle, type ArticleForm } from './article-form.ts'

const noRates: readonly number[] = []

/** One article: everything about it on one page. A scan fills in its bar code. */
export function ArticleDialog(props: {
  readonly article: ArticleView | null
  readonly categoryId: string | null
}) {
  const words = useWords()
  const currency = useCurrency()
  const { pos, ui } = useShop()
  const running = useRun()
  const rates =
    useAnswer('settings', () => pos.settings.current())?.answer.shop.vatRatesBasisPoints ?? noRates
  const categories = useAnswer('categories', () => pos.article.categories())?.answer ?? []
  const scanned = useUi((state) => state.scannedCode)
  const [typed, setTyped] = useState<Partial<ArticleForm>>({})
  const [isTried, setTried] = useState(false)
  const [isSure, setSure] = useState(false)
  const says = words.office.articles
  const { article } = props
  const filledIn = formOf(
    article,
    { vatBasisPoints: rates[0] ?? 0, categoryId: props.categoryId },
    currency,
    words.numerals,
  )
  const [scansBefore, setScansBefore] = useState(scanned.count)
  const scannedCode = scanned.count > scansBefore ? { code: scanned.text } : {}
  const form: ArticleForm = { ...filledIn, ...typed, ...scannedCode }
  const read = readArticle(words, article?.id ?? null, form, currency)
  const set = (part: Partial<ArticleForm>) => {
    setTyped((now) => ({ ...now, ...scannedCode, ...part }))
    setScansBefore(scanned.count)
  }
  const save = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (!read.ok) return
    if ((await running.run('save', () => pos.catalogue.save(read.article), { quiet: true })) === null) return
    edited(ui)
    closeDialog(ui)
    tell(ui, 'good', says.saved(read.article.name))
  }
  const remove = async () => {
    if (article === null) return
    if (!isSure) return setSure(true)
    const input = { articleId: article.id }
    if ((await running.run('remove', () => pos.catalogue.remove(input), { quiet: true })) === null) return
    edited(ui)
    closeDialog(ui)
    tell(ui, 'good', says.removed(article.name))
  }
  const fault = (key: keyof ArticleForm) => (isTried && !read.ok ? (read.faults[key] ?? null) : null)
  const field = (
    key: 'name' | 'code' | 'plu' | 'price' | 'unit',
    label: string,
    note = '',
    maxLength = 64,
  ) => (
    <Field
      label={label}
      value={key === 'unit' ? unitText(form.unit, words.numerals) : form[key]}
      note={note}
      maxLength={maxLength}
      fault={fault(key)}
      first={key === 'name'}
      onChange={(text) => set({ [key]: text })}
    />
  )
  const vatRates = [...new Set([...rates, Number(form.vat)])].sort((a, b) => b - a)
  return (
    <Layer
      title={article === null ? says.add : says.edit}
      onBack={() => closeDialog(ui)}
      size="large"
      footer={
        <>
          {article !== null && (
            <Button
              label={isSure ? says.removeSure : says.remove}
              icon="bin"
              kind="danger"
              large
              busy={running.busy === 'remove'}
              onPress={() => void remove()}
            />
          )}
          <Button
            label={words.save}
            kind="strong"
            large
            busy={running.busy === 'save'}
            onPress={() => void save()}
          />
        </>
      }
    >
      <form className="article-form" onSubmit={(event) => void save(event)}>
        <div className="two">{field('name', says.name, '', 120)}</div>
        <Select
          label={says.category}
          value={form.category}
          options={[
            { value: '', label: says.noCategory },
            ...categories.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(category) => set({ category })}
        />
        {field('price', says.price(currency), says.priceLong, 20)}
        <Select
          label={says.vat}
          value={form.vat}
          options={vatRates.map((rate) => ({
            value: String(rate),
            label: percentText(rate, words.numerals),
          }))}
          onChange={(vat) => set({ vat })}
        />
        {field('unit', says.unit, says.unitLong, 12)}
        {field('code', says.code)}
        {field('plu', says.plu, '', 16)}
        <Select
          label={says.decimals}
          value={form.decimals}
          options={['0', '1', '2', '3'].map((value) => ({ value, label: value }))}
          onChange={(decimals) => set({ decimals })}
        />
        <Switch
          label={says.favourite}
          note={says.favouriteLong}
          isOn={form.favourite}
          onChange={(favourite) => set({ favourite })}
        />
        <Switch
          label={says.active}
          note={says.activeLong}
          isOn={form.active}
          onChange={(active) => set({ active })}
        />
        <div className="wide">
          <TroubleNotice trouble={running.trouble} />
        </div>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Layer>
  )
}
