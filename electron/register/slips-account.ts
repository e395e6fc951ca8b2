import { z } from 'zod'
import type { Done } from '../../app/contract/views.ts'
import type { SlipSettingsView } from '../../app/contract/slip-views.ts'
import type { NamedProblem } from '../../app/contract/problems.ts'
import { deleteSecret, readSecret, writeSecret } from '../storage/secrets.ts'
import { readSetting, writeSetting } from '../storage/settings.ts'
import { openSlips } from '../storage/slips.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { Sealer } from './seqr-terminal.ts'
import type { Session } from './session.ts'

/** An account that this shop issues slips for. */
export interface MerchantAccount {
  readonly merchantID: string
  readonly name: string
  /** Secret. */
  readonly transactionKey: string
}

/** How this till reaches 7-CONNECT, and as whom. */
export interface SlipsAccount {
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly storeID: string
  /** Secret. */
  readonly storeKey: string
  readonly pos: string
  /** IANA name: what the platform's dates are in. */
  readonly timeZone: string
  readonly merchants: readonly MerchantAccount[]
}

/** What the environment or the practice server gives; it wins over the settings page. */
export interface SlipsGiven {
  readonly baseUrl: string
  readonly storeID: string
  readonly storeKey: string
  readonly merchants: readonly MerchantAccount[]
}

export interface SlipsAccountOptions {
  readonly desk: Desk
  readonly session: Session
  readonly sealer: Sealer
  readonly given: SlipsGiven | null
  /** The till's own name, as long as no other is set. */
  readonly tillName: () => string
  readonly changed: () => void
}

export type SlipsAccounts = ReturnType<typeof createSlipsAccount>

const storeKeyName = 'slips.storeKey'
const merchantKeyName = (merchantID: string) => `slips.merchant.${merchantID}`

const stored = z.object({
  baseUrl: z.string().default(''),
  storeID: z.string().default(''),
  pos: z.string().default(''),
  timeZone: z.string().default('Asia/Manila'),
  merchants: z.array(z.object({ merchantID: z.string(), name: z.string() })).default([]),
})
type Stored = z.infer<typeof stored>

/** The store's 7-CONNECT account and the merchants it issues for: addresses in the settings, keys in the vault. */
export function createSlipsAccount(options: SlipsAccountOptions) {
  const { desk, session, sealer, given } = options
  /** Opened once, so that the vault is not asked for every slip. */
  const opened: { account: SlipsAccount | null | undefined } = { account: undefined }

  const settings = (): Stored => stored.parse(readSetting(desk.storage.read, 'slips', {}))

  function secret(name: string): string | null {
    const sealed = readSecret(desk.storage.read, name)
    if (sealed === null) return null
    try {
      return sealer.open(sealed, name)
    } catch (error) {
      desk.log.error({ err: error, secret: name }, 'A key of 7-CONNECT cannot be read; enter it again')
      return null
    }
  }

  function merchants(): readonly MerchantAccount[] {
    const own = settings().merchants.flatMap((merchant) => {
      const transactionKey = secret(merchantKeyName(merchant.merchantID))
      return transactionKey === null ? [] : [{ ...merchant, transactionKey }]
    })
    const ids = new Set(own.map(({ merchantID }) => merchantID))
    return [...own, ...(given?.merchants ?? []).filter(({ merchantID }) => !ids.has(merchantID))]
  }

  function read(): SlipsAccount | null {
    const { baseUrl, storeID, pos, timeZone } = settings()
    const storeKey = given?.storeKey ?? secret(storeKeyName)
    const at = { baseUrl: given?.baseUrl ?? baseUrl, storeID: given?.storeID ?? storeID }
    if (storeKey === null || at.baseUrl === '' || at.storeID === '') return null
    return {
      ...at,
      baseUrl: at.baseUrl.replace(/\/+$/, ''),
      storeKey,
      pos: pos === '' ? options.tillName() : pos,
      timeZone,
      merchants: merchants(),
    }
  }

  /** Null while 7-CONNECT is not set up. */
  function account(): SlipsAccount | null {
    if (opened.account === undefined) opened.account = read()
    return opened.account
  }

  function saved(act: 'settings' | 'merchant' | 'merchantRemoved', detail: object, work: () => void): Done {
    const done = change(desk, (): Done => {
      work()
      session.audit(session.actor(), `slips.${act}`, detail)
      return { ok: true }
    })
    opened.account = undefined
    options.changed()
    return done
  }

  /** Cash that was taken for one server's slips is confirmed there, and nowhere else. */
  function isOtherServer(next: { readonly baseUrl: string; readonly storeID: string }): boolean {
    const now = settings()
    return given === null && (next.baseUrl !== now.baseUrl || next.storeID !== now.storeID)
  }

  function save(next: Stored): void {
    writeSetting(desk.storage.write, 'slips', next, session.actor())
  }

  return {
    account,
    handlers: {
      settings(): SlipSettingsView {
        const { baseUrl, storeID, pos, timeZone } = settings()
        return {
          given: given !== null,
          baseUrl: given?.baseUrl ?? baseUrl,
          storeID: given?.storeID ?? storeID,
          hasStoreKey: given !== null || secret(storeKeyName) !== null,
          pos,
          timeZone,
          merchants: merchants().map(({ merchantID, name }) => ({
            merchantID,
            name,
            given: !settings().merchants.some((own) => own.merchantID === merchantID),
          })),
        }
      },
      saveSettings(input: {
        baseUrl: string
        storeID: string
        storeKey: string
        pos: string
        timeZone: string
      }): Done {
        const refused = session.needs('administrator')
        if (refused !== null) return refused
        const { storeKey, ...next } = input
        if (given === null && !isWebAddress(next.baseUrl)) return invalid('baseUrl', 'webAddress')
        if (!isTimeZone(next.timeZone)) return invalid('timeZone', 'timeZone')
        if (isOtherServer(next) && openSlips(desk.storage.read).length > 0)
          return invalid('slips', 'slipsOpen')
        if (given === null && storeKey === '' && secret(storeKeyName) === null)
          return invalid('storeKey', 'missing')
        return saved('settings', { storeID: next.storeID, newKey: storeKey !== '' }, () => {
          save({ ...settings(), ...(given === null ? next : { pos: next.pos, timeZone: next.timeZone }) })
          if (storeKey !== '' && given === null)
            writeSecret(desk.storage.write, storeKeyName, sealer.seal(storeKey, storeKeyName))
        })
      },
      saveMerchant(input: { merchantID: string; name: string; transactionKey: string }): Done {
        const refused = session.needs('administrator')
        if (refused !== null) return refused
        const { merchantID, name, transactionKey } = input
        const keyName = merchantKeyName(merchantID)
        if (transactionKey === '' && secret(keyName) === null) return invalid('transactionKey', 'missing')
        return saved('merchant', { merchantID, name, newKey: transactionKey !== '' }, () => {
          const before = settings()
          const others = before.merchants.filter((one) => one.merchantID !== merchantID)
          save({ ...before, merchants: [...others, { merchantID, name }] })
          if (transactionKey !== '')
            writeSecret(desk.storage.write, keyName, sealer.seal(transactionKey, keyName))
        })
      },
      removeMerchant({ merchantID }: { merchantID: string }): Done {
        const refused = session.needs('administrator')
        if (refused !== null) return refused
        return saved('merchantRemoved', { merchantID }, () => {
          const before = settings()
          save({ ...before, merchants: before.merchants.filter((one) => one.merchantID !== merchantID) })
          deleteSecret(desk.storage.write, merchantKeyName(merchantID))
        })
      },
    },
  }
}

function invalid(field: string, problem: NamedProblem): Done {
  return { ok: false, reason: 'invalid', field, problem }
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === ''
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
