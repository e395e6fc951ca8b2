import { useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Icon } from '../../components/icons.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { CategoryView } from '../../contract/views.ts'
import { useRun, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, edited } from '../ui-store.ts'

/** Colours that are told apart on buttons and carry white letters. */
const colours = [
  '#b45309',
  '#be123c',
  '#a21caf',
  '#7c3aed',
  '#1d4ed8',
  '#0369a1',
  '#0f766e',
  '#15803d',
  '#4d7c0f',
  '#475569',
] as const

/** A category: its name, and the colour of its buttons. */
export function CategoryDialog({ category }: { readonly category: CategoryView | null }) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const [name, setName] = useState(category?.name ?? '')
  const [colour, setColour] = useState<string>(category?.colour ?? colours[4])
  const [isTried, setTried] = useState(false)
  const [isSure, setSure] = useState(false)
  const says = words.office.articles
  const finish = (isDone: boolean) => {
    if (!isDone) return
    edited(ui)
    closeDialog(ui)
  }
  const save = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (name.trim() === '') return
    const input = { id: category?.id ?? null, name: name.trim(), colour }
    finish((await run('save', () => pos.catalogue.saveCategory(input), { quiet: true })) !== null)
  }
  const remove = async () => {
    if (category === null) return
    if (!isSure) return setSure(true)
    const input = { categoryId: category.id }
    finish((await run('remove', () => pos.catalogue.removeCategory(input), { quiet: true })) !== null)
  }
  const offered = colours.some((each) => each === colour) ? colours : [...colours, colour]
  return (
    <Layer
      title={category === null ? says.addCategory : says.editCategory}
      onBack={() => closeDialog(ui)}
      size="small"
    >
      <form className="stack" onSubmit={(event) => void save(event)}>
        <Field
          label={says.name}
          value={name}
          maxLength={60}
          first
          fault={isTried && name.trim() === '' ? words.office.settings.missing : null}
          onChange={setName}
        />
        <div role="group" aria-label={says.colour} className="swatches">
          {offered.map((each) => (
            <button
              key={each}
              type="button"
              className="swatch"
              style={{ background: each }}
              aria-label={each}
              aria-pressed={each === colour}
              onClick={() => setColour(each)}
            >
              {each === colour && <Icon name="tick" />}
            </button>
          ))}
        </div>
        {isSure && <p>{says.removeCategoryLong}</p>}
        <TroubleNotice trouble={trouble} />
        <div className="two-columns">
          {category !== null && (
            <Button
              label={isSure ? says.removeSure : says.removeCategory}
              kind="danger"
              large
              busy={busy === 'remove'}
              onPress={() => void remove()}
            />
          )}
          <Button
            label={words.save}
            kind="strong"
            large
            type="submit"
            busy={busy === 'save'}
            onPress={() => void save()}
          />
        </div>
      </form>
    </Layer>
  )
}
