/** Puts the till together from its rooms, for both shells and for the terminal demo. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Currency } from '../app/domain/money.ts'
import type { PrinterDevice } from './printer/printer-device.ts'
import { printerFromAddress } from './printer/printer-from-address.ts'
import { systemClock } from './register/clock.ts'
import { resealSecrets } from './register/moved-secrets.ts'
import type { ProgramGiven } from './register/program.ts'
import type { Register, SandboxLinks } from './register/register-parts.ts'
import { createRegister } from './register/register.ts'
import type { SlipsGiven } from './register/slips-account.ts'
import type { RegisterParts } from './shell.ts'
import { seqrSettings } from './register/settings-acts.ts'
import { nodeHidProvider } from './scanner/hid-scanner.ts'
import { serialPortProvider } from './scanner/serial-scanner.ts'
import { createSeqrSoapService } from './seqr/soap/soap-service.ts'
import type { ResellerLogin } from './seqr/service.ts'
import { openStorage } from './storage/open.ts'
import { readSetting } from './storage/settings.ts'
import { hashPin, newTerminalPassword, verifyPin } from './vault/pin.ts'

/** What the customer's display may ask and hear. */
export const displayMay: readonly string[] = ['display.current', 'display.changed']

/** How long an orderly end waits for the service's word on what stands on the sticker. */
const mostToClearMs = 4000

/** One question to SEQR takes at most this long; the register gives most of them less. */
const longestQuestionMs = 15_000

/** The practice services that run beside a till which no SEQR address was set for. */
interface Sandbox {
  readonly seqrUrl: string
  readonly reseller: ResellerLogin
  /** The practice 7-CONNECT account; null when the environment names a server. */
  readonly slips: SlipsGiven | null
  /** Makes a slip there that a customer could bring; null when the environment names a server. */
  readonly newSlip: (() => string) | null
  readonly links: SandboxLinks
  close(): Promise<void>
}

/** Opens the database, starts the practice services where they are wanted, and makes the register of it all. */
export async function openTill(parts: RegisterParts): Promise<Register> {
  const { dataDir, resourcesDir, settings, vault, log, version } = parts
  const opened = openStorage({ file: path.join(dataDir, 'kassa.sqlite'), now: Date.now })
  if (!opened.ok) throw new Error(opened.detail)
  const { storage } = opened
  if (settings.slips !== undefined) log.hide(settings.slips.storeKey)
  const unreadable = resealSecrets(storage, vault)
  if (unreadable.length > 0) log.warn({ names: unreadable }, 'Secrets of another shell cannot be read here')
  const wsdl = readFileSync(path.join(resourcesDir, 'seqr.wsdl'), 'utf8')
  const seqrUrl = settings.seqr.url ?? readSetting(storage.read, seqrSettings.url, '')
  const caCertificate = readSetting(storage.read, seqrSettings.ca, '')
  const sandbox = seqrUrl === '' ? await startSandbox(dataDir, wsdl, settings) : null
  const seqr = createSeqrSoapService({
    url: sandbox?.seqrUrl ?? seqrUrl,
    ...(caCertificate === '' || sandbox !== null ? {} : { caCertificate }),
    wsdl,
    version,
    deadlineMs: longestQuestionMs,
    newClientReference: () => randomUUID().replaceAll('-', ''),
    now: () => performance.now(),
  })
  const register = createRegister({
    storage,
    clock: systemClock,
    log: log.child('register'),
    seqr,
    sealer: vault,
    pins: { hash: hashPin, verify: verifyPin },
    newPassword: newTerminalPassword,
    printer: printerOf(settings.printer),
    scanners: { hid: nodeHidProvider(), serial: serialPortProvider() },
    practiceDevices: sandbox !== null,
    ...(sandbox?.newSlip == null ? {} : { practiceSlip: sandbox.newSlip }),
    version,
    resourcesDir,
    reseller: sandbox?.reseller ?? resellerOf(settings.seqr),
    slips: slipsOf(settings.slips) ?? sandbox?.slips ?? null,
    sandbox: sandbox?.links ?? null,
    program: programOf(parts, unreadable),
    environment: {
      dataDir,
      printer: settings.printer ?? '',
      seqr: { inUse: seqrUrl, fixedBy: settings.seqr.url === undefined ? null : 'KASSA_SEQR_URL' },
    },
    ...(settings.currency === undefined ? {} : { currency: settings.currency }),
  })
  return {
    ...register,
    async start() {
      await register.start()
      // After the window is up: loading the SOAP client must not hold up the first scan.
      setTimeout(
        () =>
          void seqr.prepare().catch((error: unknown) => log.error({ err: error }, 'The WSDL cannot be read')),
        500,
      )
    },
    async stop() {
      await register.clearSticker(mostToClearMs)
      await register.stop()
      storage.close()
      await sandbox?.close()
    },
  }
}

function programOf(parts: RegisterParts, unreadable: readonly string[]): ProgramGiven {
  const { dataDir, resourcesDir, settings, vault, shell, updates, end } = parts
  return {
    shell,
    logDir: path.join(dataDir, 'logs'),
    licencesFile: path.join(resourcesDir, '..', 'out', 'licences.txt'),
    vault,
    unreadable,
    ...(updates === undefined ? {} : { updates }),
    ...(end === undefined ? {} : { end }),
    ...(settings.updateUrl === undefined ? {} : { updateAddress: settings.updateUrl }),
  }
}

function printerOf(address: string | undefined): PrinterDevice | null {
  const chosen = address === undefined ? null : printerFromAddress(address, { virtual: null })
  return chosen?.ok === true ? chosen.device : null
}

function resellerOf(seqr: RegisterParts['settings']['seqr']): ResellerLogin | null {
  const { reseller, user, password } = seqr
  if (reseller === undefined || user === undefined || password === undefined) return null
  return { resellerId: reseller, userId: user, password }
}

function slipsOf(slips: RegisterParts['settings']['slips']): SlipsGiven | null {
  if (slips === undefined) return null
  const { url, storeID, storeKey } = slips
  return { baseUrl: url, storeID, storeKey, merchants: [] }
}

/** Only a practice till loads this: nothing of the sandbox runs in a shop. */
async function startSandbox(
  dataDir: string,
  wsdl: string,
  { currency = 'SEK', slips: given }: RegisterParts['settings'],
): Promise<Sandbox> {
  const { sandboxReseller, startSeqrSandbox } = await import('./sandbox/seqr/seqr-server.ts')
  const stateFile = path.join(dataDir, 'sandbox', 'seqr.json')
  const seqr = await startSeqrSandbox({ wsdl, stateFile, resellers: [{ ...sandboxReseller, currency }] })
  const slips = given === undefined ? await startPracticeSlips(dataDir, currency) : null
  const { resellerId, userId, password } = sandboxReseller
  return {
    seqrUrl: seqr.url,
    reseller: { resellerId, userId, password },
    slips: slips?.account ?? null,
    newSlip: slips?.newSlip ?? null,
    links: {
      phone: apart(seqr.phoneUrl),
      control: apart(seqr.controlUrl),
      slips: apart(slips?.dashboard ?? ''),
      seqrIdHint: practiceSticker,
    },
    async close() {
      await seqr.close()
      await slips?.close()
    },
  }
}

/** A 7-CONNECT server with merchants to try with, and the till's accounts there. */
async function startPracticeSlips(dataDir: string, currency: Currency) {
  const { startSevenConnectSandbox } = await import('./sandbox/seven-connect/start.ts')
  const persistTo = path.join(dataDir, 'sandbox', 'seven-connect.json')
  mkdirSync(path.dirname(persistTo), { recursive: true })
  const server = await startSevenConnectSandbox({ persistTo, currency })
  const { store, merchants } = server.demo
  const account: SlipsGiven = {
    baseUrl: server.url,
    storeID: store.storeID,
    storeKey: store.storeKey,
    merchants: merchants.map(({ merchantID, name, transactionKey }) => ({
      merchantID,
      name,
      transactionKey,
    })),
  }
  const newSlip = () => server.createDemoSlip().payID
  return { account, newSlip, dashboard: `${server.url}/dashboard`, close: server.close }
}

/** Cookies do not tell ports apart: under another name the practice pages never see the register's. */
function apart(address: string): string {
  return address.replace('//127.0.0.1:', '//localhost:')
}

/** The SEQR ID on the practice sticker. */
const practiceSticker = '004610027501'
