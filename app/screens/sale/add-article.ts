import type { ArticleView } from '../../contract/views.ts'
import { useWords } from '../../components/words-context.tsx'
import { useQuickAsk, useShop } from '../shop.tsx'
import { openDialog, tell } from '../ui-store.ts'

/** Puts an article on the receipt; one without a price, or sold by weight or length, asks first. */
export function useAddArticle(): (article: ArticleView) => Promise<void> {
  const words = useWords()
  const { pos, ui } = useShop()
  const ask = useQuickAsk()
  return async (article) => {
    if (article.priceMinor === null) return openDialog(ui, { kind: 'openPrice', article })
    if (article.unitDecimals > 0) return openDialog(ui, { kind: 'weigh', article })
    if (await ask(() => pos.sale.addArticle({ articleId: article.id })))
      tell(ui, 'good', words.sale.added(article.name))
  }
}
