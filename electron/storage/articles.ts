import type { ArticleView } from '../../app/contract/views.ts'
import { ean13Of } from '../../app/domain/barcode.ts'
import type { Reader, Value, Writer } from './database.ts'

/** An article. `priceMinor` null: the price is asked for each time. `code` is held as {@link normalCode} makes it. */
export type ArticleRecord = ArticleView

export interface ArticleRow {
  readonly id: string
  readonly name: string
  readonly code: string | null
  readonly plu: string | null
  readonly price_minor: number | null
  readonly vat_basis_points: number
  readonly unit: string
  readonly unit_decimals: number
  readonly category_id: string | null
  readonly favourite: number
  readonly active: number
}

export function articleOf(row: ArticleRow): ArticleRecord {
  return {
    id: row.id,
    name: row.name,
    code: row.code,
    plu: row.plu,
    priceMinor: row.price_minor,
    vatBasisPoints: row.vat_basis_points,
    unit: row.unit,
    unitDecimals: row.unit_decimals,
    categoryId: row.category_id,
    favourite: row.favourite === 1,
    active: row.active === 1,
  }
}

export function articleColumns(article: ArticleRecord): Record<string, Value> {
  return {
    id: article.id,
    name: article.name,
    code: article.code === null ? null : normalCode(article.code),
    plu: article.plu,
    price: article.priceMinor,
    vat: article.vatBasisPoints,
    unit: article.unit,
    decimals: article.unitDecimals,
    category: article.categoryId,
    favourite: Number(article.favourite),
    active: Number(article.active),
  }
}

/** One way of writing each code: no spaces around, and a UPC-A as the EAN-13 that it is. */
export function normalCode(code: string): string {
  return ean13Of(code.trim())
}

export type ArticleFault = 'codeTaken' | 'pluTaken'

export type ArticleSaved =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: ArticleFault; readonly article: ArticleRecord }

/** Inserts an article or changes it. Refused when another one has its code or its PLU, and which one that is. */
export function saveArticle(db: Writer, article: ArticleRecord): ArticleSaved {
  return db.transaction((): ArticleSaved => {
    const sameCode = article.code === null ? null : articleByCode(db, article.code)
    if (sameCode !== null && sameCode.id !== article.id)
      return { ok: false, reason: 'codeTaken', article: sameCode }
    const samePlu = article.plu === null ? null : articleByPlu(db, article.plu)
    if (samePlu !== null && samePlu.id !== article.id)
      return { ok: false, reason: 'pluTaken', article: samePlu }
    writeArticle(db, article)
    return { ok: true }
  })
}

function writeArticle(db: Writer, article: ArticleRecord): void {
  const columns = articleColumns(article)
  const touched = db.run(
    `UPDATE article SET name = @name, code = @code, plu = @plu, price_minor = @price, vat_basis_points = @vat,
       unit = @unit, unit_decimals = @decimals, category_id = @category, favourite = @favourite, active = @active
     WHERE n = (SELECT n FROM live_article WHERE id = @id)`,
    columns,
  )
  if (touched === 0) insertArticle(db, article, generationOf(db))
}

/** Past every generation that there will be. */
export const forever = 9_000_000_000_000_000

/** The generation of the catalogue that is seen now. */
export function generationOf(db: Reader): number {
  return db.one<{ generation: number }>('SELECT generation FROM catalogue')?.generation ?? 1
}

/** Puts a row in as it is. Nobody sees it before its generation. */
export function insertArticle(db: Writer, article: ArticleRecord, fromGeneration: number): void {
  db.run(
    `INSERT INTO article (id, from_generation, until_generation, name, code, plu, price_minor, vat_basis_points, unit,
       unit_decimals, category_id, favourite, active)
     VALUES (@id, @fromGeneration, ${forever}, @name, @code, @plu, @price, @vat, @unit,
       @decimals, @category, @favourite, @active)`,
    { ...articleColumns(article), fromGeneration },
  )
}

/** Takes an article out of the catalogue. Receipts keep what they sold. */
export function deleteArticle(db: Writer, id: string): void {
  db.run('DELETE FROM article WHERE n = (SELECT n FROM live_article WHERE id = ?)', id)
}

export function articleById(db: Reader, id: string): ArticleRecord | null {
  const row = db.one<ArticleRow>('SELECT * FROM live_article WHERE id = ?', id)
  return row === undefined ? null : articleOf(row)
}

/** The article with this bar code; a UPC-A and its EAN-13 are the same. */
export function articleByCode(db: Reader, code: string): ArticleRecord | null {
  const row = db.one<ArticleRow>('SELECT * FROM live_article WHERE code = ?', normalCode(code))
  return row === undefined ? null : articleOf(row)
}

export function articleByPlu(db: Reader, plu: string): ArticleRecord | null {
  const row = db.one<ArticleRow>('SELECT * FROM live_article WHERE plu = ?', plu.trim())
  return row === undefined ? null : articleOf(row)
}

export function countArticles(db: Reader): number {
  return db.one<{ count: number }>('SELECT count(*) AS count FROM live_article')?.count ?? 0
}

/** By name; those out of use only for whoever maintains them. */
export function articlesInCategory(
  db: Reader,
  categoryId: string,
  limit = 500,
  options: { readonly inactiveToo?: boolean } = {},
): readonly ArticleRecord[] {
  const active = options.inactiveToo === true ? '' : 'AND active = 1'
  return db
    .all<ArticleRow>(
      `SELECT * FROM live_article WHERE category_id = ? ${active} ORDER BY name LIMIT ?`,
      categoryId,
      limit,
    )
    .map(articleOf)
}

/** Active ones, by name. */
export function favourites(db: Reader, limit = 200): readonly ArticleRecord[] {
  return db
    .all<ArticleRow>(
      'SELECT * FROM live_article WHERE favourite = 1 AND active = 1 ORDER BY name LIMIT ?',
      limit,
    )
    .map(articleOf)
}

/** A page of the whole catalogue in the order it was added; `after` is the last id of the page before. */
export function articlePage(db: Reader, after: string | null, limit: number): readonly ArticleRecord[] {
  return db
    .all<ArticleRow>(
      `SELECT * FROM live_article
       WHERE n > coalesce((SELECT n FROM live_article WHERE id = ?), 0)
       ORDER BY n LIMIT ?`,
      after,
      limit,
    )
    .map(articleOf)
}
