import path from 'node:path'
import { type Currency, currencies, isCurrency } from '../app/domain/money.ts'
import { isUpdateAddress } from '../app/contract/program.ts'
import { parsePrinterAddress } from './printer/printer-address.ts'
import { checkServiceUrl } from './seqr/soap/service-url.ts'
import { type LogLevel, logLevels } from './redact.ts'

/** What the environment decides. What it leaves open, the settings page decides. See docs/configuration.md. */
export interface EnvironmentSettings {
  readonly dataDir: string
  readonly log: LogLevel
  readonly kiosk: KioskSettings
  readonly seqr: SeqrEnvironment
  /** Unset: the embedded sandbox on a practice till, else what the settings page says. */
  readonly slips?: SlipsEnvironment
  /** An address that the printers understand, as it was written. */
  readonly printer?: string
  readonly currency?: Currency
  /** Where new versions are published; unset: what the settings page says. */
  readonly updateUrl?: string
}

export interface KioskSettings {
  /** Zero: any free port. */
  readonly port: number
  /** False: serve and print the address, open no window. */
  readonly open: boolean
  readonly fullScreen: boolean
  readonly chromium?: string
}

export interface SeqrEnvironment {
  /** Unset: the embedded sandbox. */
  readonly url?: string
  readonly reseller?: string
  readonly user?: string
  readonly password?: string
}

export interface SlipsEnvironment {
  readonly url: string
  readonly storeID: string
  /** Secret. */
  readonly storeKey: string
}

export type EnvironmentRead =
  | { readonly ok: true; readonly settings: EnvironmentSettings; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[] }

export interface System {
  readonly platform: NodeJS.Platform
  readonly homeDir: string
}

type Variables = Readonly<Record<string, string | undefined>>

/** Every name that is read; the launcher reads KASSA_SHELL and KASSA_CHROMIUM too, the demo KASSA_SEQR_ID. */
export const environmentNames = [
  'KASSA_DATA_DIR',
  'KASSA_SHELL',
  'KASSA_PORT',
  'KASSA_OPEN',
  'KASSA_WINDOW',
  'KASSA_CHROMIUM',
  'KASSA_SEQR_URL',
  'KASSA_SEQR_RESELLER',
  'KASSA_SEQR_USER',
  'KASSA_SEQR_PASSWORD',
  'KASSA_SEQR_ID',
  'KASSA_SLIPS_URL',
  'KASSA_SLIPS_STORE',
  'KASSA_SLIPS_KEY',
  'KASSA_PRINTER',
  'KASSA_CURRENCY',
  'KASSA_UPDATE_URL',
  'KASSA_LOG',
] as const

/** Reads and checks the KASSA_ variables. Each problem is one sentence for a person; none has a password in it. */
export function settingsFromEnvironment(variables: Variables, system: System): EnvironmentRead {
  const read = reader(variables)
  const settings: EnvironmentSettings = {
    dataDir: dataDirFrom(read.text('KASSA_DATA_DIR'), variables, system),
    log: read.choice('KASSA_LOG', logLevels) ?? 'info',
    kiosk: kioskFrom(read),
    seqr: seqrFrom(read),
    ...given('slips', slipsFrom(read)),
    ...given('printer', printerFrom(read)),
    ...given('currency', currencyFrom(read)),
    ...given('updateUrl', updateUrlFrom(read)),
  }
  read.choice('KASSA_SHELL', ['electron', 'kiosk'])
  if (read.problems.length > 0) return { ok: false, problems: read.problems }
  return { ok: true, settings, warnings: unknownNames(variables) }
}

/** The system's place for application data, or what KASSA_DATA_DIR says. */
function dataDirFrom(set: string | undefined, variables: Variables, { platform, homeDir }: System): string {
  const paths = platform === 'win32' ? path.win32 : path.posix
  if (set !== undefined) return paths.resolve(set)
  switch (platform) {
    case 'win32':
      return paths.join(variables['APPDATA'] ?? paths.join(homeDir, 'AppData', 'Roaming'), 'Kassa')
    case 'darwin':
      return paths.join(homeDir, 'Library', 'Application Support', 'Kassa')
    default:
      return paths.join(variables['XDG_DATA_HOME'] ?? paths.join(homeDir, '.local', 'share'), 'kassa')
  }
}

function kioskFrom(read: Reader): KioskSettings {
  return {
    port: portFrom(read),
    open: read.choice('KASSA_OPEN', ['yes', 'no']) !== 'no',
    fullScreen: read.choice('KASSA_WINDOW', ['window', 'kiosk']) === 'kiosk',
    ...given('chromium', read.text('KASSA_CHROMIUM')),
  }
}

function portFrom(read: Reader): number {
  const text = read.text('KASSA_PORT') ?? '0'
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  read.problems.push(`KASSA_PORT is "${text}", but a port is a whole number from 0 (any free port) to 65535.`)
  return 0
}

function seqrFrom(read: Reader): SeqrEnvironment {
  const seqr = {
    ...given('url', seqrUrlFrom(read)),
    ...given('reseller', read.text('KASSA_SEQR_RESELLER')),
    ...given('user', read.text('KASSA_SEQR_USER')),
    ...given('password', read.text('KASSA_SEQR_PASSWORD')),
  }
  const account = [seqr.reseller, seqr.user, seqr.password].filter((part) => part !== undefined).length
  if (account !== 0 && account !== 3)
    read.problems.push(
      'KASSA_SEQR_RESELLER, KASSA_SEQR_USER and KASSA_SEQR_PASSWORD belong together: set all three or none.',
    )
  return seqr
}

function slipsFrom(read: Reader): SlipsEnvironment | undefined {
  const url = urlFrom(read, 'KASSA_SLIPS_URL', 'a 7-CONNECT server', 'KASSA_SLIPS_STORE and _KEY')
  const storeID = read.text('KASSA_SLIPS_STORE')
  const storeKey = read.text('KASSA_SLIPS_KEY')
  if (url === undefined && storeID === undefined && storeKey === undefined) return undefined
  if (url !== undefined && storeID !== undefined && storeKey !== undefined) return { url, storeID, storeKey }
  read.problems.push(
    'KASSA_SLIPS_URL, KASSA_SLIPS_STORE and KASSA_SLIPS_KEY belong together: set all three or none.',
  )
  return undefined
}

function urlFrom(read: Reader, name: string, whose: string, instead: string): string | undefined {
  const text = read.text(name)
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (url === undefined || !isWeb)
    read.problems.push(`${name} must be a full http:// or https:// address of ${whose}.`)
  else if (url.username !== '' || url.password !== '')
    read.problems.push(`${name} must not carry a user or password: use ${instead}.`)
  return text
}

/** The passwords travel in what is sent there, so another machine is asked over HTTPS only. */
function seqrUrlFrom(read: Reader): string | undefined {
  const { length } = read.problems
  const text = urlFrom(read, 'KASSA_SEQR_URL', 'a SEQR service', 'KASSA_SEQR_USER and _PASSWORD')
  if (text !== undefined && read.problems.length === length && !checkServiceUrl(text).ok)
    read.problems.push(
      'KASSA_SEQR_URL must begin with https://, since passwords would travel readable over http://.',
    )
  return text
}

function printerFrom(read: Reader): string | undefined {
  const text = read.text('KASSA_PRINTER')
  if (text === undefined) return undefined
  const parsed = parsePrinterAddress(text)
  if (!parsed.ok) read.problems.push(`KASSA_PRINTER: ${parsed.message}`)
  else if (parsed.address.kind === 'virtual')
    read.problems.push('KASSA_PRINTER is "virtual:": a practice till has that printer when none is set.')
  return text
}

function currencyFrom(read: Reader): Currency | undefined {
  const code = read.text('KASSA_CURRENCY')?.toUpperCase()
  if (code === undefined || isCurrency(code)) return code
  read.problems.push(`KASSA_CURRENCY is "${code}", but must be one of ${Object.keys(currencies).join(', ')}.`)
  return undefined
}

function updateUrlFrom(read: Reader): string | undefined {
  const text = read.text('KASSA_UPDATE_URL')
  if (text !== undefined && !isUpdateAddress(text))
    read.problems.push('KASSA_UPDATE_URL must be a full https:// address without a user or password.')
  return text
}

interface Reader {
  readonly problems: string[]
  /** The value without the spaces around it; empty counts as unset. */
  text(name: string): string | undefined
  choice<T extends string>(name: string, choices: readonly T[]): T | undefined
}

function reader(variables: Variables): Reader {
  const problems: string[] = []
  const text = (name: string) => {
    const value = variables[name]?.trim()
    return value === '' ? undefined : value
  }
  return {
    problems,
    text,
    choice(name, choices) {
      const value = text(name)?.toLowerCase()
      const found = choices.find((choice) => choice === value)
      if (value !== undefined && found === undefined)
        problems.push(`${name} is "${value}", but must be one of ${choices.join(', ')}.`)
      return found
    },
  }
}

function unknownNames(variables: Variables): string[] {
  const known: readonly string[] = environmentNames
  return Object.keys(variables)
    .filter((name) => name.startsWith('KASSA_') && !known.includes(name))
    .map((name) => `${name} is not a setting of Kassa and was not read. See docs/configuration.md.`)
}

function given<K extends string, V>(name: K, value: V | undefined): { [N in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [N in K]?: V })
}
