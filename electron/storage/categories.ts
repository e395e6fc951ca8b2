import type { CategoryView } from '../../app/contract/views.ts'
import type { Reader, Writer } from './database.ts'

/** A group of articles with a button of its own. `colour` is `#rrggbb`. */
export type CategoryRecord = CategoryView

/** In the order of their buttons. */
export function listCategories(db: Reader): readonly CategoryRecord[] {
  return db.all<CategoryRecord>(
    'SELECT id, name, colour FROM category ORDER BY position, name COLLATE NOCASE',
  )
}

/** Inserts a category at the end, or changes its name and colour. Throws when another one has its name. */
export function saveCategory(db: Writer, category: CategoryRecord): void {
  db.run(
    `INSERT INTO category (id, name, colour, position)
     VALUES (@id, @name, @colour, (SELECT coalesce(max(position), 0) + 1 FROM category))
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, colour = excluded.colour`,
    { ...category },
  )
}

/** Its articles stay, without a category. */
export function deleteCategory(db: Writer, id: string): void {
  db.transaction(() => {
    db.run('UPDATE article SET category_id = NULL WHERE category_id = ?', id)
    db.run('DELETE FROM category WHERE id = ?', id)
  })
}

/** Puts the buttons in this order. */
export function orderCategories(db: Writer, ids: readonly string[]): void {
  db.transaction(() => {
    for (const [position, id] of ids.entries())
      db.run('UPDATE category SET position = ? WHERE id = ?', position + 1, id)
  })
}

export function categoryByName(db: Reader, name: string): CategoryRecord | null {
  return (
    db.one<CategoryRecord>('SELECT id, name, colour FROM category WHERE name = ? COLLATE NOCASE', name) ??
    null
  )
}

/** Colours that are told apart on buttons, for categories that come without one. */
const palette = [
  '#b45309',
  '#be123c',
  '#7c3aed',
  '#1d4ed8',
  '#0f766e',
  '#4d7c0f',
  '#a21caf',
  '#475569',
] as const

/** The colour for the next category. */
export function nextColour(db: Reader, further = 0): string {
  const count = db.one<{ count: number }>('SELECT count(*) AS count FROM category')?.count ?? 0
  return palette[(count + further) % palette.length] ?? palette[0]
}
