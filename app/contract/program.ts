/** What may be asked of the program itself: what it is, how its window behaves, new versions, help from outside. */
import { z } from 'zod'
import { notice, request } from './define.ts'
import type { Done } from './views.ts'

/** How the program shows itself and where its new versions come from. */
export interface ProgramSettings {
  readonly fullScreen: boolean
  readonly startWithComputer: boolean
  /** Shows the customer's display on a second screen where there is one. */
  readonly customerDisplay: boolean
  /** The address that new versions are published at; empty: none are looked for. */
  readonly updateAddress: string
}

export const firstProgramSettings: ProgramSettings = {
  fullScreen: false,
  startWithComputer: false,
  customerDisplay: false,
  updateAddress: '',
}

/** Only over https: whoever can change what is fetched can change the till. */
export const updateAddress = z
  .string()
  .max(300)
  .refine((text) => text === '' || isUpdateAddress(text))

export function isUpdateAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return protocol === 'https:' && username === '' && password === ''
}

/** Checks the settings where they come in: from the settings page and from disk. */
export const programSettingsSchema: z.ZodType<ProgramSettings, ProgramSettings> = z.strictObject({
  fullScreen: z.boolean(),
  startWithComputer: z.boolean(),
  customerDisplay: z.boolean(),
  updateAddress,
})

export interface AboutView {
  readonly version: string
  /** `electron` has every setting below; `kiosk` shows the register in a browser and knows neither window nor updates. */
  readonly shell: 'electron' | 'kiosk'
  /** System and versions underneath, for whoever helps. */
  readonly runsOn: string
  readonly settings: ProgramSettings
  /** The address is given by KASSA_UPDATE_URL, and the setting is not looked at. */
  readonly updateAddressGiven: boolean
}

export interface UpdateView {
  readonly state: 'off' | 'unknown' | 'checking' | 'newest' | 'found' | 'downloading' | 'ready'
  /** The version that was found. */
  readonly version: string | null
  /** Of the download, 0 to 100. */
  readonly percent: number
  readonly lastCheckAtMs: number | null
  /** What went wrong last time, for the log's reader; null when nothing did. The till sells on. */
  readonly problem: string | null
  /** What has to end before it goes on; null when nothing is in the way. */
  readonly waitsFor: 'shift' | 'payment' | null
}

/** A text for the window to save as a file. */
export interface TextFile {
  readonly name: string
  readonly text: string
}

export const programContract = {
  about: request().answers<AboutView>(),
  /** The licences of everything that Kassa is made of. */
  licences: request().answers<string>(),
  saveSettings: request(programSettingsSchema).answers<Done>(),
  /** Logs, versions, settings and counts for whoever helps: without secrets and without persons. */
  supportBundle: request().answers<Done<{ readonly file: TextFile }>>(),
  update: request().answers<UpdateView>(),
  updateChanged: notice<UpdateView>(),
  checkForUpdate: request().answers<Done>(),
  /** Ends the till, puts the new version in its place and starts it. Only between shifts. */
  installUpdate: request().answers<Done>(),
  /** Ends the program. With money open only an administrator may. */
  end: request().answers<Done>(),
  /** Seals the secrets so that the kiosk shell can open them; then the desktop program is to be ended. */
  prepareForKiosk: request().answers<Done>(),
}

/** The question before the program ends while money is open, in the shop's language. */
export interface QuitWords {
  readonly message: string
  readonly next: string
  readonly stay: string
  readonly end: string
}
