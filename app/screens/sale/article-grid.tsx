import { memo } from 'react'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icons.tsx'
import { useAmounts, useNumerals, useWords } from '../../components/words-context.tsx'
import type { ArticleView } from '../../contract/views.ts'
import type { Currency } from '../../domain/money.ts'
import { unitText } from '../../domain/numerals.ts'
import { useCurrency, useRefused, useShop, useTill, useUi } from '../shop.tsx'
import { favourites, openDialog } from '../ui-store.ts'
import { useAddArticle } from './add-article.ts'
import { useForbidden } from '../forbidden.ts'
import type { Found } from './use-articles.ts'

/** Tiles to tap: of the chosen category, or what the search has found. */
export function ArticleGrid({ found }: { readonly found: Found }) {
  const words = useWords()
  const currency = useCurrency()
  const { ui } = useShop()
  const refuse = useRefused()
  const add = useAddArticle()
  const isConnected = useTill(({ connection }) => connection === 'up')
  const noAdd = useForbidden('addRow')
  const colours = new Map(found.categories.map(({ id, colour }) => [id, colour]))
  const isSearch = found.query !== ''
  const isFavourites = useUi(({ categoryId }) => categoryId === favourites)
  if (found.articles.length === 0)
    return (
      <div className="articles articles-empty" id="article-grid">
        <Icon name={isSearch ? 'search' : 'tag'} size={40} />
        <p>
          {found.isLoading
            ? words.sale.searching
            : isSearch
              ? words.sale.noHits(found.query)
              : isFavourites
                ? words.sale.noFavourites
                : words.sale.noArticles}
        </p>
        <Button
          label={words.sale.freeAmount}
          icon="tag"
          reason={noAdd}
          onRefused={refuse}
          onPress={() => openDialog(ui, { kind: 'freeAmount' })}
        />
      </div>
    )
  return (
    <div
      className="articles scrolls"
      id="article-grid"
      role="listbox"
      aria-label={words.sale.articles}
      data-dim={!isConnected || noAdd !== null || undefined}
    >
      {found.articles.map((article, index) => (
        <Tile
          key={article.id}
          id={`article-${index}`}
          article={article}
          currency={currency}
          colour={colours.get(article.categoryId ?? '')}
          isHighlighted={isSearch && index === found.highlighted}
          openPrice={words.sale.openPrice}
          onPress={add}
        />
      ))}
      {!isSearch && (
        <button
          type="button"
          role="option"
          aria-selected={false}
          className="tile tile-free"
          onClick={() => openDialog(ui, { kind: 'freeAmount' })}
        >
          <span className="tile-name">{words.sale.freeAmount}</span>
          <span className="tile-foot">
            <span className="tile-price">{words.sale.openPrice}</span>
          </span>
        </button>
      )}
    </div>
  )
}

interface TileProps {
  readonly id: string
  readonly article: ArticleView
  readonly currency: Currency
  readonly colour: string | undefined
  readonly isHighlighted: boolean
  readonly openPrice: string
  readonly onPress: (article: ArticleView) => Promise<void>
}

const Tile = memo(function Tile(props: TileProps) {
  const { id, article, currency, colour, isHighlighted, openPrice, onPress } = props
  const numerals = useNumerals()
  const amount = useAmounts(currency)
  return (
    <button
      id={id}
      type="button"
      role="option"
      aria-selected={isHighlighted}
      className="tile"
      style={colour === undefined ? undefined : { borderInlineStartColor: colour }}
      onClick={() => void onPress(article)}
    >
      <span className="tile-name">{article.name}</span>
      <span className="tile-foot">
        <span className="tile-code">{article.plu ?? ''}</span>
        <span className="tile-price">
          {article.priceMinor === null ? openPrice : amount(article.priceMinor)}
          {article.unitDecimals > 0 && article.priceMinor !== null && (
            <small>/{unitText(article.unit, numerals)}</small>
          )}
        </span>
      </span>
    </button>
  )
}, sameTile)

function sameTile(a: TileProps, b: TileProps): boolean {
  return (
    a.article === b.article && a.isHighlighted === b.isHighlighted && a.colour === b.colour && a.id === b.id
  )
}
