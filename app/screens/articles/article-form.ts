/** An article as it is typed, and what is wrong with it. */
import type { ArticleView } from '../../contract/views.ts'
import type { Currency } from '../../domain/money.ts'
import type { Words } from '../../words/en.ts'
import { wholeUnit, type Numerals } from '../../domain/numerals.ts'
import { readAmount, typedAmount } from '../entry.ts'

export interface ArticleForm {
  readonly name: string
  readonly code: string
  readonly plu: string
  readonly price: string
  readonly vat: string
  readonly unit: string
  readonly decimals: string
  readonly category: string
  readonly favourite: boolean
  readonly active: boolean
}

export type SaveArticle = Omit<ArticleView, 'id'> & { readonly id: string | null }

export interface NewArticle {
  readonly vatBasisPoints: number
  readonly categoryId: string | null
}

export function formOf(
  article: ArticleView | null,
  fresh: NewArticle,
  currency: Currency,
  numerals: Numerals,
): ArticleForm {
  if (article === null)
    return {
      name: '',
      code: '',
      plu: '',
      price: '',
      vat: String(fresh.vatBasisPoints),
      unit: wholeUnit,
      decimals: '0',
      category: fresh.categoryId ?? '',
      favourite: false,
      active: true,
    }
  return {
    name: article.name,
    code: article.code ?? '',
    plu: article.plu ?? '',
    price: article.priceMinor === null ? '' : typedAmount(article.priceMinor, currency, numerals),
    vat: String(article.vatBasisPoints),
    unit: article.unit,
    decimals: String(article.unitDecimals),
    category: article.categoryId ?? '',
    favourite: article.favourite,
    active: article.active,
  }
}

export type ReadArticle =
  | { readonly ok: true; readonly article: SaveArticle }
  | { readonly ok: false; readonly faults: Readonly<Partial<Record<keyof ArticleForm, string>>> }

export function readArticle(
  words: Words,
  id: string | null,
  form: ArticleForm,
  currency: Currency,
): ReadArticle {
  const price = readPrice(words, form.price, currency)
  const faults = {
    ...(form.name.trim() === '' ? { name: words.office.settings.missing } : {}),
    ...(form.unit.trim() === '' ? { unit: words.office.settings.missing } : {}),
    ...(price.ok ? {} : { price: price.says }),
  }
  if (!price.ok || Object.keys(faults).length > 0) return { ok: false, faults }
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  return {
    ok: true,
    article: {
      id,
      name: form.name.trim(),
      code: orNull(form.code),
      plu: orNull(form.plu),
      priceMinor: price.value,
      vatBasisPoints: Number(form.vat),
      unit: form.unit.trim(),
      unitDecimals: Number(form.decimals),
      categoryId: orNull(form.category),
      favourite: form.favourite,
      active: form.active,
    },
  }
}

/** Empty is an open price; a zero is a price of nothing. */
function readPrice(words: Words, text: string, currency: Currency) {
  if (text.trim() === '') return { ok: true, value: null } as const
  if (/^\s*0+(?:[.,]0*)?\s*$/.test(text)) return { ok: true, value: 0 } as const
  return readAmount(words, text, currency)
}
