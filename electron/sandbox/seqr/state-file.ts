import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { BookSnapshot } from './book-state.ts'

/** What an earlier run of the sandbox left, or undefined when there is nothing of use. */
export function readStateFile(path: string): BookSnapshot | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isSnapshot(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

/** Replaces the file as a whole, so that a crash leaves the old one. */
export function writeStateFile(path: string, snapshot: BookSnapshot): void {
  const fresh = `${path}.new`
  writeFileSync(fresh, JSON.stringify({ layout: 1, ...snapshot }))
  renameSync(fresh, path)
}

function isSnapshot(kept: unknown): kept is BookSnapshot {
  if (typeof kept !== 'object' || kept === null || !('layout' in kept) || kept.layout !== 1) return false
  const lists = ['terminals', 'invoices', 'refunds', 'receipts', 'periods', 'remarks']
  return lists.every((name) => Array.isArray((kept as Record<string, unknown>)[name]))
}
