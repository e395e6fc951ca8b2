import { MessageLine } from '../message-line.tsx'
import { PrinterLine } from '../printer-notes.tsx'
import { ArticleGrid } from './article-grid.tsx'
import { Categories } from './categories.tsx'
import { FunctionKeys } from './function-keys.tsx'
import { SearchField } from './search-field.tsx'
import { TenderKeys } from './tender-keys.tsx'
import { useArticles } from './use-articles.ts'

/** The right side of the sale: finding articles above, functions and tenders where the hand rests. */
export function CounterPane() {
  const found = useArticles()
  return (
    <section className="counter-pane">
      <div className="counter-top">
        <SearchField found={found} />
        <MessageLine />
      </div>
      <Categories categories={found.categories} />
      <div className="article-space">
        <ArticleGrid found={found} />
      </div>
      <div className="above-tenders">
        <FunctionKeys />
        <PrinterLine />
      </div>
      <TenderKeys />
    </section>
  )
}
