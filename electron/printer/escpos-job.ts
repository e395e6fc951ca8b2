/**
 * Sends bytes as one job of the `escpos` package: its Printer carries our bytes unchanged to the device.
 * Rejects with what `write` rejects with. Loaded at the first job, so that a till without a printer never pays for it.
 * Why nothing else of the package is used: docs/decisions/0006-escpos-carries-our-bytes.md.
 */
export async function sendAsEscposJob(
  bytes: Uint8Array,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const { default: escpos } = await import('escpos')
  await new Promise<void>((resolve, reject) => {
    const adapter = {
      open: (done: (fault: Error | null) => void) => done(null),
      write: (buffer: Uint8Array, done: (fault: Error | null) => void) => {
        void settle(write(buffer), done)
      },
      close: (done: (fault: Error | null) => void) => done(null),
    }
    const printer = new escpos.Printer(adapter)
    printer.raw(Buffer.from(bytes)).flush((fault) => (fault === null ? resolve() : reject(fault)))
  })
}

async function settle(work: Promise<void>, done: (fault: Error | null) => void): Promise<void> {
  try {
    await work
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)))
    return
  }
  done(null)
}
