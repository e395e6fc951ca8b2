/** What is wrong with the disk, as far as a person can do something about it. */
export type StorageFault = 'diskFull' | 'ioError' | 'corrupt' | 'busy'

const byCode: readonly (readonly [RegExp, StorageFault])[] = [
  [/^SQLITE_FULL|^ENOSPC$|^EDQUOT$/, 'diskFull'],
  [/^SQLITE_CORRUPT|^SQLITE_NOTADB/, 'corrupt'],
  [/^SQLITE_BUSY|^SQLITE_LOCKED/, 'busy'],
  [/^SQLITE_(?:IOERR|CANTOPEN|READONLY|PROTOCOL|PERM|AUTH)/, 'ioError'],
  [/^(?:EIO|EROFS|EACCES|EPERM|ENODEV|ENXIO)$/, 'ioError'],
]

/** Sorts a thrown error by what it says of the disk; null when it says nothing of it, that is: a bug. */
export function storageFault(error: unknown): StorageFault | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  const { code } = error
  if (typeof code !== 'string') return null
  return byCode.find(([pattern]) => pattern.test(code))?.[1] ?? null
}
