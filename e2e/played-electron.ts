/**
 * Stands in for the module `electron` under plain Node: the desktop program runs as it is built, and this plays what it
 * asks of Electron. A spec writes questions to it, one JSON line each, and reads the answers the same way.
 */
import { registerHooks } from 'node:module'
import { createInterface } from 'node:readline'
import { fakeElectron, fakeEvent } from '../electron/electron.fake.ts'

const played = fakeElectron({ isPackaged: true })
played.app.exit = (code) => process.exit(code)
Reflect.set(globalThis, 'playedElectron', played.parts)

const names = Object.keys(played.parts)
const source = names.map((name) => `export const ${name} = globalThis.playedElectron.${name}`).join('\n')
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true }
      : next(specifier, context),
})

interface Line {
  readonly ask?: string
  readonly input?: unknown
  readonly page?: string
  readonly quit?: true
}

const say = (answer: unknown) => console.log(JSON.stringify(answer ?? null))

async function act({ ask, input, page, quit }: Line): Promise<void> {
  const [window] = played.windows
  if (quit === true) return void played.app.emit('before-quit', fakeEvent())
  if (window === undefined) return say({ window: null })
  if (page !== undefined) {
    const answer = await played.schemeHandlers.get('kassa')?.(new Request(page))
    return say({ status: answer?.status, policy: answer?.headers.get('content-security-policy') })
  }
  const event = { sender: window.webContents, senderFrame: window.webContents.mainFrame }
  say(await played.handlers.get('kassa.ask')?.(event, ask, input))
}

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => void act(JSON.parse(line) as Line))
// A spec that failed is gone: nobody would end the program any more.
lines.on('close', () => process.exit(0))
