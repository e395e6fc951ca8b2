import type { ComponentType } from 'react'
import type { Place } from '../domain/scan.ts'
import type { IconName } from '../components/icons.tsx'
import type { Words } from '../words/en.ts'

export type ScreenId =
  | 'refund'
  | 'reconcile'
  | 'journal'
  | 'account'
  | 'overview'
  | 'program'
  | 'shift'
  | 'closeShift'
  | 'articles'
  | 'people'
  | 'settings'
  | 'upkeep'
  | 'sale'
  | 'papers'
  | 'slips'
  | 'slipSettings'
  | 'seqrIdRegistration'
  | 'devices'

/** One screen: a folder of its own, and one line in the registry. */
export interface Screen {
  readonly id: ScreenId
  /** What a scan means here. */
  readonly place: Place
  readonly icon: IconName
  readonly title: (words: Words) => string
  readonly view: ComponentType
  /** Under which heading of the menu it stands; null when it is reached otherwise. */
  readonly menu: 'till' | 'configuration' | null
}
