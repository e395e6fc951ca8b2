import { X509Certificate } from 'node:crypto'
import path from 'node:path'
import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { AddressView, AuditView, BackupSettings } from '../../app/contract/office-views.ts'
import type { Done, Refusal } from '../../app/contract/views.ts'
import type { NamedProblem } from '../../app/contract/problems.ts'
import type { ShopSettings } from '../../app/domain/shop.ts'
import { checkServiceUrl } from '../seqr/soap/service-url.ts'
import type { AuditEntry } from '../storage/audit.ts'
import { listAudit } from '../storage/audit.ts'
import { readSetting, writeSetting } from '../storage/settings.ts'
import type { Desk } from './desk.ts'
import { change } from './desk.ts'
import type { PrinterSeat } from './printer-seat.ts'
import type { Session } from './session.ts'
import { currencyHeld, saveShopSettings, shopSettings } from './settings.ts'

export interface SettingsOptions {
  readonly desk: Desk
  readonly session: Session
  readonly printers: PrinterSeat
  readonly isPractice: boolean
  /** The SEQR address that this start uses, and the variable that decided it. */
  readonly seqr: Pick<AddressView, 'inUse' | 'fixedBy'>
  readonly backup: () => BackupSettings
  readonly changed: () => void
}

/** Names under which the SEQR service is kept in the settings; start-up reads them. */
export const seqrSettings = { url: 'seqr.url', ca: 'seqr.ca' } as const

export const backupSetting = 'backup'

const invalid = (field: string, problem: NamedProblem): Refusal => ({
  ok: false,
  reason: 'invalid',
  field,
  problem,
})

const auditPage = 100

/** The settings page: every change is checked, written with who did it, and on record field by field. */
export function settingsActs(options: SettingsOptions): Handlers<typeof contract>['settings'] {
  const { desk, session } = options

  function saved(write: (by: string) => void, check: () => Refusal | null = () => null): Done {
    const refused = session.needs('administrator') ?? check()
    if (refused !== null) return refused
    const done = change(desk, (): Done => {
      write(session.actor())
      return { ok: true }
    })
    options.changed()
    return done
  }

  /** What the schema cannot see: names that are there twice, and a currency that amounts are open in. */
  function shopFault(shop: ShopSettings): Refusal | null {
    const isTwice = (values: readonly unknown[]) => new Set(values).size !== values.length
    if (isTwice(shop.tenderTypes.map(({ id }) => id)) || isTwice(shop.tenderTypes.map(({ name }) => name)))
      return invalid('tenderTypes', 'tenderTwice')
    if (isTwice(shop.vatRatesBasisPoints)) return invalid('vatRatesBasisPoints', 'vatTwice')
    if (shop.currency === shopSettings(desk).currency) return null
    const held = currencyHeld(desk.storage.read, options.isPractice)
    return held === null ? null : invalid('currency', held)
  }

  return {
    current: () => ({
      shop: shopSettings(desk),
      printer: options.printers.view(),
      seqrUrl: { ...options.seqr, address: readSetting(desk.storage.read, seqrSettings.url, '') },
      seqrCa: readSetting(desk.storage.read, seqrSettings.ca, ''),
      backup: options.backup(),
    }),
    save: (shop) =>
      saved(
        (by) => saveShopSettings(desk, shop, by),
        () => shopFault(shop),
      ),
    savePrinter: (input) => {
      const done = options.printers.save(input)
      options.changed()
      return done
    },
    saveSeqr: ({ url, ca }) =>
      saved(
        (by) => {
          writeSetting(desk.storage.write, seqrSettings.url, url.trim(), by)
          writeSetting(desk.storage.write, seqrSettings.ca, ca.trim(), by)
        },
        () => seqrFault(url.trim(), ca.trim()),
      ),
    saveBackup: (backup) =>
      saved(
        (by) =>
          writeSetting(desk.storage.write, backupSetting, { ...backup, folder: backup.folder.trim() }, by),
        () => (isWholePath(backup.folder.trim()) ? null : invalid('folder', 'folderPath')),
      ),
    audit({ text, beforeMs }) {
      const refused = session.needs('administrator')
      if (refused !== null) return refused
      const search = { text, limit: auditPage, ...(beforeMs === null ? {} : { toMs: beforeMs }) }
      return { ok: true, entries: listAudit(desk.storage.read, search).map(auditView) }
    },
  }
}

/** Empty stands for the folder beside the data. */
function isWholePath(folder: string): boolean {
  return folder === '' || path.isAbsolute(folder)
}

function seqrFault(url: string, ca: string): Refusal | null {
  const checked = url === '' ? null : checkServiceUrl(url)
  if (checked !== null && !checked.ok) return invalid('url', checked.reason)
  return ca === '' || isCertificate(ca) ? null : invalid('ca', 'notACertificate')
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).ca
  } catch {
    return false
  }
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : { '': value }

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))

/** An entry of the audit trail, with what it changed field by field. */
export function auditView({ atMs, by, act, subject = '', detail }: AuditEntry): AuditView {
  const fields = fieldsOf(detail)
  const hasBoth = 'was' in fields && 'is' in fields
  const was = hasBoth ? fieldsOf(fields['was']) : {}
  const is = hasBoth ? fieldsOf(fields['is']) : fields
  const changes = Object.keys({ ...is })
    .filter((field) => field !== '' || is[field] !== undefined)
    .filter((field) => !hasBoth || asText(was[field]) !== asText(is[field]))
    .map((field) => ({
      field,
      was: was[field] == null ? null : asText(was[field]),
      is: asText(is[field]),
    }))
  return { atMs, by, act, subject, changes }
}
