/** A view that is as it was has nothing to tell: a window asks for every view when it comes, and hears of changes. */
export function unlessSame(send: (channel: string, payload: unknown) => void): typeof send {
  const last = new Map<string, string>()
  return (channel, payload) => {
    if (channel.endsWith('.changed')) {
      const text = JSON.stringify(payload)
      if (last.get(channel) === text) return
      last.set(channel, text)
    }
    send(channel, payload)
  }
}

/** Publishes once after everything that happens in one go. */
export function createPublisher() {
  const due = new Set<() => void>()
  return (work: () => void) => {
    if (due.size === 0)
      queueMicrotask(() => {
        const now = [...due]
        due.clear()
        for (const one of now) one()
      })
    due.add(work)
  }
}
