/** Chance that can be had again: the same seed and the same name give the same numbers on every machine. */
export interface Random {
  /** From 0 up to but not 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  chance(probability: number): boolean
  pick<T>(choices: readonly T[]): T
  /** One of the names, each as likely as its weight among all; weights of zero and below never come up. */
  weighted<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name
  /** A stream of its own: what is drawn from it does not move any other. */
  fork(name: string): Random
}

export function randomOf(seed: string): Random {
  const state = { now: hashOf(seed) }
  const next = () => {
    state.now = (state.now + 0x6d2b79f5) | 0
    let mixed = Math.imul(state.now ^ (state.now >>> 15), state.now | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick(choices) {
      const choice = choices[between(0, choices.length - 1)]
      if (choice === undefined) throw new Error('There is nothing to pick from')
      return choice
    },
    weighted<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name {
      const entries = (Object.entries(weights) as [Name, number][]).filter(([, weight]) => weight > 0)
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [name, weight] of entries) {
        left -= weight
        if (left < 0) return name
      }
      const last = entries.at(-1)
      if (last === undefined) throw new Error('There is nothing to choose from')
      return last[0]
    },
    fork: (name) => randomOf(`${seed}/${name}`),
  }
}

/** FNV-1a over the characters, stirred once more so that seeds that differ by one digit begin far apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}
