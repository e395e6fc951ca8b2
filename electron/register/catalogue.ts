import { setImmediate } from 'node:timers/promises'
import type { contract } from '../../app/contract/contract.ts'
import type { AuditAct } from '../../app/domain/audit-act.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { CataloguePage, ImportFaults, ImportFileFault } from '../../app/contract/office-views.ts'
import type { ArticleView, Done, Refusal } from '../../app/contract/views.ts'
import { exportArticles } from '../storage/article-file.ts'
import type { ImportResult } from '../storage/article-import.ts'
import { checkImport, importArticles } from '../storage/article-import.ts'
import { searchArticles } from '../storage/article-search.ts'
import type { ArticleRecord } from '../storage/articles.ts'
import {
  articleById,
  articlePage,
  articlesInCategory,
  countArticles,
  deleteArticle,
  normalCode,
  saveArticle,
} from '../storage/articles.ts'
import {
  categoryByName,
  deleteCategory,
  listCategories,
  orderCategories,
  saveCategory,
} from '../storage/categories.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'
import { createUploads } from './uploads.ts'

export interface CatalogueOptions {
  readonly desk: Desk
  readonly session: Session
  readonly settings: () => ShopSettings
  readonly changed: () => void
}

type Acts = Handlers<typeof contract>['catalogue']
type Save = Parameters<Acts['save']>[0]

const pageArticles = 100
/** Beyond that one searches. */
const mostInCategory = 500

/** The goods: kept by an administrator, by hand or from a CSV file. */
export function catalogueActs({ desk, session, settings, changed }: CatalogueOptions): Acts {
  const uploads = createUploads(desk.newId)
  const importing = { busy: false }
  const { read, write } = desk.storage

  /** An administrator's change, in one transaction, with its line in the audit trail. */
  function kept<T extends Done>(
    work: (note: (act: AuditAct, detail: object) => void) => T | Refusal,
  ): T | Refusal {
    const refused = session.needs('administrator')
    if (refused !== null) return refused
    const done = change(desk, () => work((act, detail) => session.audit(session.actor(), act, detail)))
    changed()
    return done
  }

  function search({ text, categoryId, after }: Parameters<Acts['search']>[0]): CataloguePage {
    const total = countArticles(read)
    const found = foundFor(text, categoryId, after)
    // Only the whole catalogue goes on page by page.
    const isPaged = text.trim() === '' && categoryId === null
    if (!isPaged) return { articles: found, total, hasMore: false }
    return { articles: found.slice(0, pageArticles), total, hasMore: found.length > pageArticles }
  }

  function foundFor(text: string, categoryId: string | null, after: string | null): readonly ArticleView[] {
    const inCategory = (article: ArticleRecord) => categoryId === null || article.categoryId === categoryId
    if (text.trim() !== '')
      return searchArticles(read, text, pageArticles, { inactiveToo: true }).filter(inCategory)
    if (categoryId === null) return articlePage(read, after, pageArticles + 1)
    return articlesInCategory(read, categoryId, mostInCategory, { inactiveToo: true })
  }

  function save(
    input: Save,
    note: (act: AuditAct, detail: object) => void,
  ): Done<{ readonly articleId: string }> {
    const before = input.id === null ? null : articleById(read, input.id)
    if (input.id !== null && before === null) return { ok: false, reason: 'notFound' }
    const isKnownRate = settings().vatRatesBasisPoints.includes(input.vatBasisPoints)
    if (!isKnownRate && before?.vatBasisPoints !== input.vatBasisPoints)
      return { ok: false, reason: 'invalid', field: 'vat', problem: 'vatRate' }
    const article: ArticleRecord = {
      ...input,
      id: input.id ?? desk.newId(),
      code: input.code === null ? null : normalCode(input.code),
    }
    const saved = saveArticle(write, article)
    if (!saved.ok) return { ok: false, reason: 'invalid', field: 'code', problem: saved.reason }
    note('articleSaved', { was: before ?? {}, is: article })
    return { ok: true, articleId: article.id }
  }

  /** Runs something with the whole file, one import at a time. */
  async function withFile<T>(
    uploadId: string,
    work: (bytes: Uint8Array, by: string) => Promise<T>,
  ): Promise<T | ImportFileFault | Refusal> {
    const refused = session.needs('administrator')
    if (refused !== null) return refused
    const bytes = uploads.whole(uploadId)
    if (bytes === null) return { ok: false, reason: 'file', problem: 'incomplete' }
    if (importing.busy) return { ok: false, reason: 'invalid', field: 'import', problem: 'stillBusy' }
    importing.busy = true
    try {
      return await work(bytes, session.actor())
    } finally {
      importing.busy = false
    }
  }

  const progress = {
    onProgress: (what: 'reading' | 'writing', share: number) =>
      desk.announce.upkeep.progressed({ what, share }),
  }

  async function exported(separator: ';' | ','): Promise<string> {
    const parts: string[] = []
    const total = Math.max(1, countArticles(read))
    for (const part of exportArticles(read, { currency: settings().currency, separator })) {
      parts.push(part)
      desk.announce.upkeep.progressed({ what: 'exporting', share: Math.min(1, (parts.length * 500) / total) })
      await setImmediate()
    }
    return parts.join('')
  }

  return {
    search,
    save: (input) => kept((note) => save(input, note)),
    remove: ({ articleId }) =>
      kept((note): Done => {
        const before = articleById(read, articleId)
        if (before === null) return { ok: false, reason: 'notFound' }
        deleteArticle(write, articleId)
        note('articleRemoved', { name: before.name, code: before.code ?? '' })
        return { ok: true }
      }),
    saveCategory: ({ id, name, colour }) =>
      kept((note): Done => {
        const same = categoryByName(read, name)
        if (same !== null && same.id !== id)
          return { ok: false, reason: 'invalid', field: 'name', problem: 'nameTaken' }
        saveCategory(write, { id: id ?? desk.newId(), name, colour })
        note('categorySaved', { name, colour })
        return { ok: true }
      }),
    removeCategory: ({ categoryId }) =>
      kept((note): Done => {
        const category = listCategories(read).find(({ id }) => id === categoryId)
        if (category === undefined) return { ok: false, reason: 'notFound' }
        deleteCategory(write, categoryId)
        note('categoryRemoved', { name: category.name })
        return { ok: true }
      }),
    orderCategories: ({ ids }) =>
      kept((note): Done => {
        orderCategories(write, ids)
        note('categoriesOrdered', { categories: ids.length })
        return { ok: true }
      }),
    beginUpload: (input) => session.needs('administrator') ?? uploads.begin(input),
    addToUpload: (input) => session.needs('administrator') ?? uploads.add(input),
    checkImport: ({ uploadId }) =>
      withFile(uploadId, async (bytes) =>
        answerOf(await checkImport(desk.storage, bytes, { currency: settings().currency, ...progress })),
      ),
    import: ({ uploadId }) =>
      withFile(uploadId, async (bytes, by) => {
        const options = { currency: settings().currency, ...progress }
        const done = answerOf(await importArticles(desk.storage, bytes, options))
        if (done.ok) {
          const { added, changed: altered, unchanged } = done
          uploads.forget(uploadId)
          change(desk, () => session.audit(by, 'articlesImported', { added, changed: altered, unchanged }))
          changed()
        }
        return done
      }),
    async exportCsv({ separator }) {
      const refused = session.needs('administrator')
      if (refused !== null) return refused
      const by = session.actor()
      const csv = await exported(separator)
      change(desk, () => session.audit(by, 'articlesExported', { articles: countArticles(read) }))
      return { ok: true, csv }
    },
  }
}

type Failed = Extract<ImportResult, { ok: false }>

function answerOf<T extends { readonly ok: true }>(result: T | Failed): T | ImportFaults | ImportFileFault {
  if (result.ok) return result
  return result.reason === 'lines' ? result : { ok: false, reason: 'file', problem: result.reason }
}
