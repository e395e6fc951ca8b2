import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { BookSnapshot } from './book-state.ts'

/** What an earlier run of the sandbox left, or undefined when there is nothing of use. */
export function readStateFile(file: string): BookSnapshot | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isSnapshot(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

/** Replaces the file as a whole, so that a crash leaves the old one. Makes its folder. */
export function writeStateFile(file: string, snapshot: BookSnapshot): void {
  const fresh = `${file}.new`
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(fresh, JSON.stringify({ layout: 1, ...snapshot }))
  renameSync(fresh, file)
}

function isSnapshot(kept: unknown): kept is BookSnapshot {
  if (typeof kept !== 'object' || kept === null || !('layout' in kept) || kept.layout !== 1) return false
  const lists = ['terminals', 'invoices', 'refunds', 'receipts', 'periods', 'remarks']
  return lists.every((name) => Array.isArray((kept as Record<string, unknown>)[name]))
}
