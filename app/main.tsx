import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createSounds } from './components/sounds.ts'
import { screenOf, wireOf } from './contract/bridge.ts'
import { contract } from './contract/contract.ts'
import { bridgeOver } from './contract/define.ts'
import { CustomerDisplay } from './screens/customer-display/customer-display.tsx'
import type { Link } from './screens/link.ts'
import { createPreferences } from './screens/preferences.ts'
import type { Shop } from './screens/shop.tsx'
import { createTillStore, followTill } from './screens/till-store.ts'
import { createUiStore } from './screens/ui-store.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/bar.css'
import './styles/sale.css'
import './styles/layers.css'
import './styles/payment.css'
import './styles/screens.css'
import './styles/books.css'
import './styles/office.css'
import './styles/devices.css'
import './styles/display.css'
import './styles/slips.css'
import './styles/journal.css'
import './styles/program.css'

/** The till itself; while developing, `vite --mode fake` puts a play till in its place. */
async function linkOf(): Promise<Link> {
  if (import.meta.env.DEV && import.meta.env.MODE === 'fake') {
    const { fakeLink } = await import('./screens/pos.fake.ts')
    return fakeLink(new URLSearchParams(window.location.search))
  }
  const wire = wireOf(window)
  return { pos: bridgeOver(contract, wire), onConnection: wire.onConnection }
}

function storageOf(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

async function start(): Promise<void> {
  const link = await linkOf()
  const root = document.querySelector('#root')
  if (root === null) throw new Error('the page has no root')
  if (screenOf(window) === 'display') return createRoot(root).render(<CustomerDisplay link={link} />)
  const preferences = createPreferences(storageOf())
  const shop: Shop = {
    pos: link.pos,
    till: createTillStore(),
    ui: createUiStore(),
    preferences,
    play: createSounds(() => new AudioContext(), preferences.getState),
  }
  followTill(link, shop.till)
  createRoot(root).render(<App shop={shop} />)
}

void start()
