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
