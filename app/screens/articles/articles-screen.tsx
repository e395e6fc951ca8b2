import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Icon } from '../../components/icons.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { CataloguePage } from '../../contract/office-views.ts'
import type { ArticleView, CategoryView } from '../../contract/views.ts'
import { percentText, unitText } from '../../domain/numerals.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useAnswer, useCurrency, useRun, useShop, useUi } from '../shop.tsx'
import { openDialog } from '../ui-store.ts'
import { CategoryList } from './category-list.tsx'

const none: readonly never[] = []

interface Looked {
  readonly text: string
  readonly categoryId: string | null
  /** How many scans there had been. */
  readonly scans: number
}

/** The goods: found as one types, changed one by one, or brought in and out as a file. */
function Articles() {
  const words = useWords()
  const { pos, ui } = useShop()
  const edits = useUi((state) => state.edits)
  const scanned = useUi((state) => state.scannedCode)
  const [typed, setTyped] = useState<Looked>({ text: '', categoryId: null, scans: scanned.count })
  // A scan after the last key or press is what is looked for.
  const { text, categoryId } = scanned.count > typed.scans ? { text: scanned.text, categoryId: null } : typed
  const lookFor = (next: Pick<Looked, 'text' | 'categoryId'>) => setTyped({ ...next, scans: scanned.count })
  const categories = useAnswer(`categories ${edits}`, () => pos.article.categories())?.answer ?? none
  const search = { text: text.trim().slice(0, 80), categoryId, after: null }
  const question = `${edits} ${search.categoryId ?? ''} ${search.text}`
  const found = useAnswer(question, () => pos.catalogue.search(search))
  const says = words.office.articles
  return (
    <ScreenFrame title={says.title} className="catalogue">
      <CategoryList
        categories={categories}
        chosenId={categoryId}
        onChoose={(id) => lookFor({ text: '', categoryId: id })}
      />
      <section className="card articles-side">
        <div className="articles-head">
          <Field
            label={says.search}
            value={text}
            onChange={(next) => lookFor({ text: next, categoryId: next.trim() === '' ? categoryId : null })}
            maxLength={80}
          />
          <Button
            label={says.add}
            icon="plus"
            kind="strong"
            onPress={() => openDialog(ui, { kind: 'article', article: null, categoryId })}
          />
          <Button
            label={says.importFile}
            icon="tray"
            onPress={() => openDialog(ui, { kind: 'importArticles' })}
          />
          <Button
            label={says.exportFile}
            icon="out"
            onPress={() => openDialog(ui, { kind: 'exportArticles' })}
          />
        </div>
        {found !== null && (
          <FoundArticles
            key={found.question}
            page={found.answer}
            categories={categories}
            isSearch={search.text !== ''}
            more={(after) => pos.catalogue.search({ ...search, after })}
          />
        )}
      </section>
    </ScreenFrame>
  )
}

interface FoundProps {
  readonly page: CataloguePage
  readonly categories: readonly CategoryView[]
  readonly isSearch: boolean
  readonly more: (after: string) => Promise<CataloguePage>
}

function FoundArticles({ page, categories, isSearch, more }: FoundProps) {
  const words = useWords()
  const { busy, run } = useRun()
  const [added, setAdded] = useState<readonly CataloguePage[]>([])
  const says = words.office.articles
  const articles = [page, ...added].flatMap((each) => each.articles)
  const last = articles.at(-1)
  const hasMore = (added.at(-1) ?? page).hasMore && !isSearch
  const byId = new Map(categories.map((category) => [category.id, category]))
  const showMore = async () => {
    if (last === undefined) return
    const next = await run('more', async () => ({ ok: true, page: await more(last.id) }) as const)
    if (next !== null) setAdded((now) => [...now, next.page])
  }
  if (articles.length === 0)
    return (
      <div className="empty">
        <Icon name="tag" size={44} />
        <p>{page.total === 0 ? says.noneAtAll : says.none}</p>
      </div>
    )
  return (
    <>
      <p className="soft articles-total">{says.total(page.total)}</p>
      <ul className="list scrolls article-lines" aria-label={says.title}>
        {articles.map((article) => (
          <ArticleLine key={article.id} article={article} category={byId.get(article.categoryId ?? '')} />
        ))}
        {hasMore && (
          <li>
            <Button label={says.more} large busy={busy !== null} onPress={() => void showMore()} />
          </li>
        )}
      </ul>
    </>
  )
}

function ArticleLine(props: { readonly article: ArticleView; readonly category: CategoryView | undefined }) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { ui } = useShop()
  const { article, category } = props
  const says = words.office.articles
  const price = article.priceMinor === null ? says.openPrice : amount(article.priceMinor)
  const codes = [article.code, article.plu === null ? null : `PLU ${article.plu}`].filter(
    (code) => code !== null,
  )
  return (
    <li>
      <Button
        label={`${article.name}, ${price}`}
        kind="quiet"
        className="article-line"
        onPress={() => openDialog(ui, { kind: 'article', article, categoryId: article.categoryId })}
      >
        <span className="category-dot" style={{ background: category?.colour ?? 'var(--line)' }} />
        <span className="choice-what" data-out={!article.active || undefined}>
          <strong>
            {article.name}
            {article.favourite && <Icon name="star" size={16} />}
            {!article.active && <em className="copy-mark">{says.outOfUse}</em>}
          </strong>
          <span>{[category?.name, ...codes].filter((part) => part !== undefined).join(' · ')}</span>
        </span>
        <span className="article-vat">{percentText(article.vatBasisPoints, words.numerals)}</span>
        <span className="list-amount">
          {price}
          <small> / {unitText(article.unit, words.numerals)}</small>
        </span>
      </Button>
    </li>
  )
}

export const articlesScreen: Screen = {
  id: 'articles',
  place: 'article',
  icon: 'tag',
  title: (words) => words.office.articles.title,
  view: Articles,
  menu: 'configuration',
}
