import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { BookState } from './book-types.ts'

/** Reads what a sandbox remembered, or nothing when there is no such file or it is no state of ours. */
export function readState(file: string): BookState | undefined {
  if (!existsSync(file)) return undefined
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as Partial<BookState> // written by keepState alone
    const { slips, answers } = state
    return Array.isArray(slips) && Array.isArray(answers) ? { slips, answers } : undefined
  } catch {
    return undefined
  }
}

/** Writes beside the file and moves it into place, so that a crash leaves the old or the new state whole. */
export function keepState(file: string, state: BookState): void {
  writeFileSync(`${file}.new`, JSON.stringify(state))
  renameSync(`${file}.new`, file)
}
