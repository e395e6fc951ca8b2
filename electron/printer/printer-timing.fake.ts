import type { PrinterTiming } from './printer-conversation.ts'

/** With a printer that is not going to answer, whose every answer is waited for. */
export const silentTiming: Partial<PrinterTiming> = { answerMs: 100 }

/** Patience in hundredths of what a shop needs, so that tests over real sockets take no seconds. */
export const briefTiming: PrinterTiming = {
  // What always comes may be long in coming while this computer is busy.
  connectMs: 5_000,
  answerMs: 5_000,
  stallMs: 5_000,
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
