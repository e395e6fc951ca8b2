import { Button } from '../../components/button.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { CategoryView } from '../../contract/views.ts'
import { useRun, useShop } from '../shop.tsx'
import { edited, openDialog } from '../ui-store.ts'

/** The categories in the order of their buttons: chosen, put earlier or later, changed. */
export function CategoryList(props: {
  readonly categories: readonly CategoryView[]
  readonly chosenId: string | null
  readonly onChoose: (categoryId: string | null) => void
}) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const { categories, chosenId, onChoose } = props
  const says = words.office.articles
  const chosen = categories.findIndex(({ id }) => id === chosenId)
  const move = async (by: -1 | 1) => {
    const ids = categories.map(({ id }) => id)
    const [id] = ids.splice(chosen, 1)
    if (id === undefined) return
    ids.splice(chosen + by, 0, id)
    if ((await run('order', () => pos.catalogue.orderCategories({ ids }))) !== null) edited(ui)
  }
  return (
    <section className="card categories-side" aria-label={says.categories}>
      <ul className="choice-list scrolls">
        <li>
          <Button
            label={says.all}
            className="choice"
            pressed={chosenId === null}
            onPress={() => onChoose(null)}
          >
            <span className="choice-what">
              <strong>{says.all}</strong>
            </span>
          </Button>
        </li>
        {categories.map(({ id, name, colour }) => (
          <li key={id}>
            <Button label={name} className="choice" pressed={id === chosenId} onPress={() => onChoose(id)}>
              <span className="category-dot" style={{ background: colour }} />
              <span className="choice-what">
                <strong>{name}</strong>
              </span>
            </Button>
          </li>
        ))}
      </ul>
      <div className="categories-acts">
        {chosen >= 0 && (
          <>
            <Button
              label={says.up}
              busy={busy !== null}
              reason={chosen === 0 ? says.up : null}
              onPress={() => void move(-1)}
            />
            <Button
              label={says.down}
              busy={busy !== null}
              reason={chosen === categories.length - 1 ? says.down : null}
              onPress={() => void move(1)}
            />
            <Button
              label={says.editCategory}
              icon="gear"
              onPress={() => openDialog(ui, { kind: 'category', category: categories[chosen] ?? null })}
            />
          </>
        )}
        <Button
          label={says.addCategory}
          icon="plus"
          onPress={() => openDialog(ui, { kind: 'category', category: null })}
        />
      </div>
    </section>
  )
}
