export type Sound = 'found' | 'notFound' | 'paid' | 'attention'

interface Tone {
  readonly frequency: number
  readonly atMs: number
  readonly lastsMs: number
  readonly shape: OscillatorType
}

const tone = (frequency: number, atMs: number, lastsMs: number, shape: OscillatorType = 'sine'): Tone => ({
  frequency,
  atMs,
  lastsMs,
  shape,
})

/** Each meaning has a tune of its own: told apart by rhythm as well as by pitch. */
export const tunes: Readonly<Record<Sound, readonly Tone[]>> = {
  found: [tone(1320, 0, 70)],
  notFound: [tone(196, 0, 160, 'square'), tone(165, 210, 260, 'square')],
  paid: [tone(659, 0, 110), tone(784, 110, 110), tone(1047, 220, 260)],
  attention: [tone(880, 0, 120, 'triangle'), tone(880, 190, 120, 'triangle')],
}

export interface Loudness {
  readonly muted: boolean
  /** 0 to 1. */
  readonly volume: number
}

/** Plays the tones of the till. A machine without sound, or one that refuses it, stays silent without a fault. */
export function createSounds(open: () => AudioContext, loudness: () => Loudness): (sound: Sound) => void {
  const opened: { context?: AudioContext } = {}
  return (sound) => {
    const { muted, volume } = loudness()
    if (muted || volume <= 0) return
    try {
      const context = (opened.context ??= open())
      if (context.state === 'suspended') context.resume().catch(() => {})
      for (const each of tunes[sound]) play(context, each, volume)
    } catch {
      // No sound device: the message on the screen says the same.
    }
  }
}

function play(context: AudioContext, { frequency, atMs, lastsMs, shape }: Tone, volume: number) {
  const start = context.currentTime + atMs / 1000
  const end = start + lastsMs / 1000
  const gain = context.createGain()
  const level = volume * (shape === 'square' ? 0.12 : 0.3)
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(level, start + 0.008)
  gain.gain.setValueAtTime(level, end - 0.02)
  gain.gain.linearRampToValueAtTime(0, end)
  const oscillator = context.createOscillator()
  oscillator.type = shape
  oscillator.frequency.value = frequency
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(start)
  oscillator.stop(end)
}
