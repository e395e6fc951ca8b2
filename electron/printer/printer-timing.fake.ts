import type { PrinterTiming } from './printer-conversation.ts'

/** Patience in hundredths of what a shop needs, so that tests over real sockets take no seconds. */
export const briefTiming: PrinterTiming = {
  connectMs: 500,
  answerMs: 400,
  stallMs: 500,
  stepMs: 15,
  confirmMs: 60,
  silentMs: 15,
  troubleMs: 60_000,
  closeMs: 200,
}

/** Waits until something holds, looking often. */
export async function until(holds: () => boolean): Promise<void> {
  for (let look = 0; look < 1_000 && !holds(); look += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
  if (!holds()) throw new Error('it never came to pass')
}
