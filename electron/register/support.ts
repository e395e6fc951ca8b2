import { readFileSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { TextFile } from '../../app/contract/program.ts'
import { secretsHidden } from '../redact.ts'
import { countArticles } from '../storage/articles.ts'
import type { Reader } from '../storage/database.ts'
import { hex, journalHead } from '../storage/journal.ts'
import { verifySteps } from '../storage/journal-verify.ts'
import { newestVersion, versionOf } from '../storage/migrate.ts'
import { outboxCounts, pendingOutbox } from '../storage/outbox.ts'
import { paymentHistory, recentPayments } from '../storage/payments.ts'
import { pendingPrintJobs } from '../storage/print-jobs.ts'
import { listSecrets } from '../storage/secrets.ts'
import { allSettings } from '../storage/settings.ts'
import { openShift } from '../storage/shifts.ts'
import { recentSlips } from '../storage/slips.ts'
import { listUsers } from '../storage/users.ts'
import type { Desk } from './desk.ts'
import { shopSettings } from './settings.ts'

export interface SupportOptions {
  readonly desk: Desk
  readonly version: string
  readonly shell: string
  readonly logDir: string
  /** Values that must not be in it, wherever they turn up. */
  readonly secrets: () => readonly string[]
}

const mostLogBytes = 1_500_000
const mostPayments = 50

/**
 * Everything that whoever helps needs, as one text that can be read before it is sent away. What is in it is listed
 * here, not what is not: logs, versions, settings, counts and the stages that money went through. There are no secrets, no
 * amounts, no references, and no persons: cashiers have numbers in place of names, and long numbers keep their end only.
 */
export async function supportBundle(options: SupportOptions): Promise<TextFile> {
  const { desk } = options
  const madeAt = new Date(desk.clock.now()).toISOString()
  const facts = {
    madeAt,
    version: options.version,
    shell: options.shell,
    system: systemFacts(),
    database: databaseFacts(desk),
    journal: await journalFacts(desk.storage.read),
    shiftOpen: openShift(desk.storage.read) !== null,
    settings: settingsFacts(desk),
    people: peopleFacts(desk.storage.read),
    work: workFacts(desk.storage.read),
    payments: paymentFacts(desk.storage.read),
    slips: slipFacts(desk.storage.read),
  }
  const text = [
    `Kassa support bundle. Read it before you send it: it has no passwords, no names and no buyers' data.`,
    JSON.stringify(facts, null, 2),
    ...logTexts(options.logDir),
  ].join('\n\n')
  const clean = withoutPersons(secretsHidden(text, options.secrets()), personsOf(desk.storage.read))
  return { name: `kassa-support-${madeAt.slice(0, 16).replaceAll(/[-:]/g, '')}.txt`, text: clean }
}

function systemFacts() {
  return {
    platform: process.platform,
    release: os.release(),
    arch: process.arch,
    cores: os.cpus().length,
    memoryMb: Math.round(os.totalmem() / 1_000_000),
    freeMb: Math.round(os.freemem() / 1_000_000),
    upForMinutes: Math.round(process.uptime() / 60),
    versions: { node: process.versions.node, electron: process.versions['electron'] ?? null },
  }
}

function databaseFacts({ storage, disk }: Desk) {
  const { read } = storage
  const bytes = statSync(storage.file, { throwIfNoEntry: false })?.size ?? 0
  return {
    bytes,
    migration: versionOf(read),
    newestMigration: newestVersion,
    diskFull: disk.full,
    articles: countArticles(read),
  }
}

async function journalFacts(read: Reader) {
  const head = journalHead(read)
  const steps = verifySteps(read)
  let step = steps.next()
  for (; step.done !== true; step = steps.next()) await setImmediate()
  const { value } = step
  const found = value.ok ? 'sound' : value.faults.slice(0, 20).map(({ seq, fault }) => ({ seq, fault }))
  return {
    entries: head?.entries ?? 0,
    lastHash: head === null ? null : shortened(hex(head.last_hash)),
    found,
  }
}

const shortened = (hash: string) => `${hash.slice(0, 12)}…`

/** Settings that say how the till works. Lines of the receipt may name a person, so only how many there are is told. */
function settingsFacts(desk: Desk) {
  const { headerLines, footerLines, tenderTypes, ...shop } = shopSettings(desk)
  const named = allSettings(desk.storage.read).map(({ name, atMs }) => ({
    name,
    changedAt: new Date(atMs).toISOString(),
  }))
  const secrets = listSecrets(desk.storage.read).map(({ name, sealed }) => ({
    name,
    keptBy: /^[A-Za-z]+\d?(?=:)/.exec(sealed)?.[0] ?? 'unknown',
  }))
  return {
    shop: {
      ...shop,
      headerLines: headerLines.length,
      footerLines: footerLines.length,
      tenderTypes: tenderTypes.length,
    },
    named,
    secrets,
  }
}

function peopleFacts(read: Reader) {
  return listUsers(read).map(({ role, active, permissions, failures }, index) => ({
    person: `person ${index + 1}`,
    role,
    active,
    permissions,
    failures,
  }))
}

function workFacts(read: Reader) {
  const waiting = pendingOutbox(read).map(({ kind, state, attempts, nextAtMs, lastFault }) => ({
    kind,
    state,
    attempts,
    nextAt: new Date(nextAtMs).toISOString(),
    lastFault,
  }))
  const printing = pendingPrintJobs(read).map(({ kind, state, attempts, lastFault }) => ({
    kind,
    state,
    attempts,
    lastFault: lastFault ?? null,
  }))
  return { outbox: outboxCounts(read), waiting: waiting.slice(0, 100), printing: printing.slice(0, 100) }
}

function paymentFacts(read: Reader) {
  return recentPayments(read, mostPayments).map((payment) => ({
    mode: payment.mode,
    stage: payment.stage.name,
    startedAt: new Date(payment.startedAtMs).toISOString(),
    attempt: payment.attempt,
    setAside: payment.setAside,
    settledByHand: payment.settledByHand === null ? null : payment.settledByHand.as,
    moves: paymentHistory(read, payment.id).map(
      ({ atMs, from, event, to }) => `${atMs - payment.startedAtMs} ms: ${from} -${event.type}-> ${to}`,
    ),
  }))
}

function slipFacts(read: Reader) {
  return recentSlips(read, mostPayments).map(
    ({ stage, createdAtMs, changedAtMs, openMoney, requestIds }) => ({
      stage: stage.name,
      createdAt: new Date(createdAtMs).toISOString(),
      tookMs: changedAtMs - createdAtMs,
      openMoney,
      requests: requestIds.length,
    }),
  )
}

/** The youngest lines of all log files. */
function logTexts(folder: string): readonly string[] {
  const texts: string[] = []
  let left = mostLogBytes
  for (const name of ['kassa.log', ...Array.from({ length: 5 }, (_, index) => `kassa.${index + 1}.log`)]) {
    const text = textOf(path.join(folder, name))
    if (text === null || left <= 0) continue
    texts.push(`--- ${name}\n${text.length > left ? text.slice(-left) : text}`)
    left -= text.length
  }
  return texts
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

interface Persons {
  /** In the order of {@link peopleFacts}. */
  readonly names: readonly string[]
  /** The user account of the system, and where its home is. */
  readonly account: string
  readonly homeDir: string
}

function personsOf(read: Reader): Persons {
  return { names: listUsers(read).map(({ name }) => name), account: accountName(), homeDir: os.homedir() }
}

function accountName(): string {
  try {
    return os.userInfo().username
  } catch {
    return ''
  }
}

/** Numbers in place of names, the end only of long numbers, no addresses of people. */
export function withoutPersons(text: string, { names, account, homeDir }: Persons): string {
  let clean = text
  for (const spelling of [homeDir, JSON.stringify(homeDir).slice(1, -1)])
    if (spelling.length > 1) clean = clean.replaceAll(spelling, '~')
  const byLength = names.flatMap((name, index) => spellings(name).map((one) => ({ one, number: index + 1 })))
  for (const { one, number } of byLength.sort((a, b) => b.one.length - a.one.length))
    clean = clean.replaceAll(wholeWord(one), `person ${number}`)
  if (account.length > 2 && account !== 'kassa') clean = clean.replaceAll(wholeWord(account), 'user')
  return clean
    .replaceAll(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '…@…')
    .replaceAll(/(?<![\w.])\+?\d[\d ()/-]{6,}\d(?![\w.])/g, numberEnd)
    .replaceAll(/\d{9,}/g, (digits) => `…${digits.slice(-3)}`)
}

/** A name, and its parts where they look like names. */
function spellings(name: string): readonly string[] {
  return [name, ...name.split(/\s+/).filter((part) => part.length > 2 && /^\p{Lu}/u.test(part))].filter(
    (one) => one.length > 1 && one !== 'Kassa',
  )
}

/** Dates and times stay; a number as a telephone is written keeps its last three digits. */
function numberEnd(found: string): string {
  const digits = found.replaceAll(/\D/g, '')
  if (/^\d{4}-\d\d-\d\d$/.test(found) || digits.length < 8) return found
  return `…${digits.slice(-3)}`
}

function wholeWord(name: string): RegExp {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, 'gu')
}
