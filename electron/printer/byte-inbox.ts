import { isAutomaticStatus } from './escpos-status.ts'

/** Bytes that have come in and wait for somebody who wants them. */
export interface ByteInbox {
  push(bytes: Uint8Array): void
  /** Takes the first byte that is accepted, waiting at most `waitMs`; null when none came or the inbox was shut. */
  next(accept: (byte: number) => boolean, waitMs: number): Promise<number | null>
  /** Throws away what is accepted: late answers to an earlier question. */
  drop(accept: (byte: number) => boolean): void
  shut(): void
}

export function byteInbox(): ByteInbox {
  let waiting: number[] = []
  let isShut = false
  let toSkip = 0
  // Some printers tell each change unasked, in four bytes of which the last three could pass for answers.
  const isWanted = (byte: number) => {
    if (toSkip > 0) {
      toSkip -= 1
      return false
    }
    if (isAutomaticStatus(byte)) toSkip = 3
    return toSkip === 0
  }
  const listeners = new Set<() => void>()
  const tell = () => listeners.forEach((listener) => listener())
  const take = (accept: (byte: number) => boolean) => {
    const index = waiting.findIndex(accept)
    return index < 0 ? null : (waiting.splice(index, 1)[0] ?? null)
  }
  return {
    push: (bytes) => {
      // Nobody needs more than a few answers; a device that babbles must not fill the memory.
      waiting = [...waiting, ...bytes.filter(isWanted)].slice(-64)
      tell()
    },
    next: async (accept, waitMs) =>
      await new Promise((resolve) => {
        const settle = (byte: number | null) => {
          clearTimeout(timer)
          listeners.delete(look)
          resolve(byte)
        }
        const look = () => {
          const byte = take(accept)
          if (byte !== null || isShut) settle(byte)
        }
        const timer = setTimeout(() => settle(null), waitMs)
        listeners.add(look)
        look()
      }),
    drop: (accept) => {
      waiting = waiting.filter((byte) => !accept(byte))
    },
    shut: () => {
      isShut = true
      tell()
    },
  }
}
