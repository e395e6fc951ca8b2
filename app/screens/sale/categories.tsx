import { Button } from '../../components/button.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { CategoryView } from '../../contract/views.ts'
import { useShop, useUi } from '../shop.tsx'

export function Categories({ categories }: { readonly categories: readonly CategoryView[] }) {
  const words = useWords()
  const { ui } = useShop()
  const chosen = useUi((state) => (state.query.trim() === '' ? state.categoryId : undefined))
  const choose = (categoryId: string | null) => ui.setState({ categoryId, query: '' })
  return (
    <div className="categories" role="group" aria-label={words.sale.categories}>
      <Button
        label={words.sale.favourites}
        icon="star"
        pressed={chosen === null}
        onPress={() => choose(null)}
      />
      {categories.map(({ id, name, colour }) => (
        <Button key={id} label={name} pressed={chosen === id} onPress={() => choose(id)}>
          <span className="category-mark" style={{ background: colour }} />
          <span className="label">{name}</span>
        </Button>
      ))}
    </div>
  )
}
