// escpos ships no types; these are the parts that escpos-job.ts uses.
declare module 'escpos' {
  interface Adapter {
    open(done: (fault: Error | null) => void): void
    write(bytes: Uint8Array, done: (fault: Error | null) => void): void
    close(done: (fault: Error | null) => void): void
  }
  class Printer {
    constructor(adapter: Adapter, options?: { encoding?: string; width?: number })
    raw(bytes: Buffer): this
    flush(done: (fault: Error | null) => void): this
  }
  const escpos: { Printer: typeof Printer }
  export = escpos
}
