import type { SerialHandle, SerialProvider, SerialSettings } from './serial-scanner.ts'

/** Sockets in the wall: a port that is plugged in can be opened, written to and pulled out. */
export function serialSockets() {
  const plugged = new Map<string, { take: (bytes: Uint8Array) => void; gone: () => void } | null>()
  const opens: SerialSettings[] = []
  let refusal: Error | null = null

  const provider: SerialProvider = {
    list: async () => [...plugged.keys()].map((path) => ({ path, name: path })),
    async open(settings) {
      opens.push(settings)
      if (refusal !== null) throw refusal
      if (!plugged.has(settings.path))
        throw new Error(`No such file or directory, cannot open ${settings.path}`)
      const port = { take: (_bytes: Uint8Array) => {}, gone: () => {} }
      plugged.set(settings.path, port)
      const handle: SerialHandle = {
        onData(take) {
          port.take = take
        },
        onClose(take) {
          port.gone = take
        },
        close: async () => {
          port.take = () => {}
        },
      }
      return handle
    },
  }

  return {
    provider,
    opens,
    plug: (path: string) => plugged.set(path, null),
    unplug(path: string) {
      const port = plugged.get(path)
      plugged.delete(path)
      port?.gone()
    },
    send: (path: string, text: string) => plugged.get(path)?.take(Buffer.from(text, 'latin1')),
    refuse(error: Error | null) {
      refusal = error
    },
  }
}
