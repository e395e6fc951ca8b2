import { useRef, type KeyboardEvent } from 'react'
import { Button, KeyCap } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { useWords } from '../../components/words-context.tsx'
import { readQuantity } from '../entry.ts'
import { searchFieldId } from '../keys.ts'
import { useCap, useQuickAsk, useShop, useUi } from '../shop.tsx'
import { tell } from '../ui-store.ts'
import { useAddArticle } from './add-article.ts'
import { selectedRowOf } from './selected-row.ts'
import type { Found } from './use-articles.ts'

/** Name, code or PLU. A number and `*` is the quantity of the selected row; Enter takes the highlighted article. */
export function SearchField({ found }: { readonly found: Found }) {
  const words = useWords()
  const shop = useShop()
  const query = useUi((state) => state.query)
  const cap = useCap('search')
  const input = useRef<HTMLInputElement>(null)
  const addArticle = useAddArticle()
  const ask = useQuickAsk()
  const setQuery = (text: string) => shop.ui.setState({ query: text })

  const setQuantity = (text: string) => {
    const row = selectedRowOf(shop)
    if (row === null) return tell(shop.ui, 'attention', words.sale.selectRow)
    const read = readQuantity(words, text, row.unitDecimals)
    if (!read.ok) return tell(shop.ui, 'attention', read.says)
    const sign = row.quantityThousandths < 0 ? -1 : 1
    setQuery('')
    void ask(() => shop.pos.sale.setQuantity({ rowId: row.id, quantityThousandths: sign * read.value }))
  }
  const take = () => {
    const article = found.articles[found.highlighted]
    if (query.trim() === '' || article === undefined || found.query !== query.trim()) return
    setQuery('')
    void addArticle(article)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const last = found.articles.length - 1
    if (event.key === 'Enter') take()
    else if (event.key === '*' && /^[\d.,]+$/.test(query)) setQuantity(query)
    else if (event.key === 'ArrowDown' && query !== '') found.highlight(Math.min(found.highlighted + 1, last))
    else if (event.key === 'ArrowUp' && query !== '') found.highlight(Math.max(found.highlighted - 1, 0))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="search">
      <Icon name="search" />
      <input
        ref={input}
        id={searchFieldId}
        role="combobox"
        aria-expanded={query !== ''}
        aria-controls="article-grid"
        aria-activedescendant={query === '' ? undefined : `article-${found.highlighted}`}
        aria-label={words.sale.search}
        placeholder={words.sale.search}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {query === '' ? (
        cap !== undefined && <KeyCap text={cap} />
      ) : (
        <Button
          label={words.clear}
          icon="cross"
          iconOnly
          kind="quiet"
          onPress={() => {
            setQuery('')
            input.current?.focus()
          }}
        />
      )}
    </div>
  )
}
