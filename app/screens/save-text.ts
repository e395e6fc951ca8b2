/** Hands a text to the person as a file, the way a browser saves one. */
export function saveText(fileName: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The download has begun by then; the address would hold the text in memory for good.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** One part of a long file, and where the next one begins; null: it was the last. */
interface FilePart<Place> {
  readonly fileName: string
  readonly text: string
  readonly next: Place | null
}

/**
 * Fetches a file part by part, so that the till is at work in between, and hands it over whole. Answers its name, or
 * null when a part was refused: then nothing is saved.
 */
export async function saveParts<Place>(
  first: Place,
  type: string,
  ask: (from: Place) => Promise<FilePart<Place> | null>,
): Promise<string | null> {
  const parts: string[] = []
  let from = first
  for (;;) {
    const part = await ask(from)
    if (part === null) return null
    parts.push(part.text)
    if (part.next === null) {
      saveText(part.fileName, parts.join(''), type)
      return part.fileName
    }
    from = part.next
  }
}
