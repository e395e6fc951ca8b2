import { peopleScreen } from './people/people-screen.tsx'
import { settingsScreen } from './settings/settings-screen.tsx'
import { upkeepScreen } from './upkeep/upkeep-screen.tsx'
import { accountScreen } from './account/account-screen.tsx'
import { articlesScreen } from './articles/articles-screen.tsx'
import { devicesScreen } from './devices/devices-screen.tsx'
import { journalScreen } from './journal/journal-screen.tsx'
import { overviewScreen } from './overview/overview-screen.tsx'
import { papersScreen } from './papers/papers-screen.tsx'
import { programScreen } from './program/program-screen.tsx'
import { saleScreen } from './sale/sale-screen.tsx'
import { reconcileScreen } from './reconcile/reconcile-screen.tsx'
import { refundScreen } from './refund/refund-screen.tsx'
import type { Screen, ScreenId } from './screen.ts'
import { slipSettingsScreen } from './slips/slip-settings-screen.tsx'
import { closingScreen } from './shift/closing-screen.tsx'
import { shiftScreen } from './shift/shift-screen.tsx'
import { slipsScreen } from './slips/slips-screen.tsx'
import { seqrIdScreen } from './terminal/seqr-id-screen.tsx'

const registry: Readonly<Record<ScreenId, Screen>> = {
  sale: saleScreen,
  papers: papersScreen,
  overview: overviewScreen,
  journal: journalScreen,
  account: accountScreen,
  refund: refundScreen,
  reconcile: reconcileScreen,
  shift: shiftScreen,
  closeShift: closingScreen,
  slips: slipsScreen,
  seqrIdRegistration: seqrIdScreen,
  articles: articlesScreen,
  people: peopleScreen,
  settings: settingsScreen,
  upkeep: upkeepScreen,
  slipSettings: slipSettingsScreen,
  devices: devicesScreen,
  program: programScreen,
}

/** All screens, in the order of the menu. A new one is a folder, an id in screen.ts and a line here. */
export const screens: readonly Screen[] = Object.values(registry)

export function screenOf(id: ScreenId): Screen {
  return registry[id]
}
