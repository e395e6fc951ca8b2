import { z } from 'zod'

/** A question the window may ask. `Sent` is what the window gives, `Received` what the handler gets of it. */
export interface Request<Sent, Received, Answer> {
  readonly kind: 'request'
  readonly schema: z.ZodType<Received, Sent>
  /** Never set: it carries the answer's type and nothing else. */
  readonly answer?: Answer
}

/** Something the main process tells every window that listens. */
export interface Notice<Payload> {
  readonly kind: 'notice'
  /** Never set: it carries the payload's type and nothing else. */
  readonly payload?: Payload
}

type Entry = Request<unknown, unknown, unknown> | Notice<unknown>

/** A whole conversation: groups are subjects, requests are verbs, notices are past participles. */
export type Contract = Readonly<Record<string, Readonly<Record<string, Entry>>>>

/**
 * Begins a request: `request(schema).answers<Answer>()`, or `request().answers<Answer>()` when nothing is sent.
 * Object schemas must be strict (`z.strictObject`): unknown keys are refused, never dropped.
 */
export function request(): { answers<Answer>(): Request<void, void, Answer> }
export function request<S extends z.ZodType>(
  schema: S,
): { answers<Answer>(): Request<z.input<S>, z.output<S>, Answer> }
export function request(schema: z.ZodType = z.undefined()) {
  return { answers: () => ({ kind: 'request', schema }) }
}

/** Declares a notice: `changed: notice<SaleView>()`. */
export function notice<Payload>(): Notice<Payload> {
  return { kind: 'notice' }
}

/** The only place where a channel's name is made. */
export function channel(group: string, name: string): string {
  return `${group}.${name}`
}

type RequestsOf<G> = {
  [N in keyof G as G[N] extends { readonly kind: 'request' } ? N : never]: G[N]
}
type NoticesOf<G> = {
  [N in keyof G as G[N] extends { readonly kind: 'notice' } ? N : never]: G[N]
}
type Argument<Sent> = [undefined] extends [Sent] ? [input?: Sent] : [input: Sent]

type HandlerOf<R> =
  R extends Request<infer _Sent, infer Received, infer Answer>
    ? (input: Received, from: Caller) => Answer | Promise<Answer>
    : never
type AskOf<R> =
  R extends Request<infer Sent, infer _Received, infer Answer>
    ? (...input: Argument<Sent>) => Promise<Answer>
    : never
type PayloadOf<N> = N extends Notice<infer Payload> ? Payload : never

/** One function for each request. Leaving one out does not compile. */
export type Handlers<C> = {
  readonly [G in keyof C as keyof RequestsOf<C[G]> extends never ? never : G]: {
    readonly [N in keyof RequestsOf<C[G]>]: HandlerOf<C[G][N]>
  }
}

/** One function for each notice, for the main process. */
export type Announcer<C> = {
  readonly [G in keyof C as keyof NoticesOf<C[G]> extends never ? never : G]: {
    readonly [N in keyof NoticesOf<C[G]>]: (payload: PayloadOf<C[G][N]>) => void
  }
}

/** What a window sees: `pos.sale.addRow(input)` asks, `pos.sale.onChanged(listener)` listens until it is called off. */
export type Bridge<C> = {
  readonly [G in keyof C]: {
    readonly [N in keyof RequestsOf<C[G]>]: AskOf<C[G][N]>
  } & {
    readonly [N in keyof NoticesOf<C[G]> & string as `on${Capitalize<N>}`]: (
      listener: (payload: PayloadOf<C[G][N]>) => void,
    ) => () => void
  }
}

/** Who asks: the cashier's screen, or the customer's display, which may ask very little. */
export interface Caller {
  readonly screen: 'till' | 'display'
}

/** What went wrong with the asking itself. What a cashier can act on is an answer, never a fault. */
export type Fault = 'invalidRequest' | 'unknownRequest' | 'notAllowed' | 'bug' | 'disconnected'

export type Reply =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly fault: Fault; readonly reference?: string }

/** Rejects the window's promise. `reference` is the short code that the log has beside the cause. */
export class ContractFault extends Error {
  readonly fault: Fault
  readonly reference: string | undefined

  constructor(fault: Fault, channel: string, reference?: string) {
    super(`${channel}: ${fault}${reference === undefined ? '' : ` (${reference})`}`)
    this.name = 'ContractFault'
    this.fault = fault
    this.reference = reference
  }
}

/** What {@link serve} needs of a log. */
export interface ContractLog {
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface ServeOptions {
  readonly log: ContractLog
  /** Channels that the customer's display may use. Everything else is for the cashier's screen. */
  readonly displayMay?: readonly string[]
  /** A new reference for a bug, short enough to read over the telephone. */
  readonly reference?: () => string
}

/** Answers one raw request, whatever it is. Never rejects. */
export type Answerer = (channel: string, raw: unknown, from: Caller) => Promise<Reply>

/**
 * The main side of a contract. Every input is checked before its handler sees it; a handler that throws is
 * logged under a reference, and the window gets only that reference.
 */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  options: ServeOptions,
): Answerer {
  const served = servedRequests(contract, handlers)
  const displayMay = new Set(options.displayMay)
  const reference = options.reference ?? randomReference
  return async (channel, raw, from) => {
    const found = served.get(channel)
    if (found === undefined) return { ok: false, fault: 'unknownRequest' }
    if (from.screen === 'display' && !displayMay.has(channel)) return { ok: false, fault: 'notAllowed' }
    const parsed = parse(found.schema, raw)
    if (!parsed.ok) {
      options.log.warn({ channel, issues: parsed.issues }, 'A window sent a request that does not fit')
      return { ok: false, fault: 'invalidRequest' }
    }
    try {
      return { ok: true, answer: await found.handle(parsed.value, from) }
    } catch (error) {
      const bug = reference()
      options.log.error({ channel, reference: bug, err: error }, 'A request failed')
      return { ok: false, fault: 'bug', reference: bug }
    }
  }
}

type LooseHandlers = Readonly<Record<string, Readonly<Record<string, Handle>> | undefined>>
type Handle = (input: unknown, from: Caller) => unknown
interface Served {
  readonly schema: z.ZodType
  readonly handle: Handle
}

function servedRequests(contract: Contract, handlers: LooseHandlers): ReadonlyMap<string, Served> {
  const served = new Map<string, Served>()
  for (const { group, name, entry } of entriesOf(contract)) {
    if (entry.kind !== 'request') continue
    const handle = handlers[group]?.[name]
    if (handle === undefined) throw new Error(`No handler for ${channel(group, name)}`)
    served.set(channel(group, name), { schema: entry.schema, handle })
  }
  return served
}

type Parsed = { ok: true; value: unknown } | { ok: false; issues: readonly string[] }

/** Says where and how an input is wrong, never with the value itself: it may be a PIN. */
function parse(schema: z.ZodType, raw: unknown): Parsed {
  try {
    const result = schema.safeParse(raw)
    if (result.success) return { ok: true, value: result.data }
    const issues = result.error.issues.slice(0, 5)
    return { ok: false, issues: issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`) }
  } catch {
    return { ok: false, issues: ['unreadable'] }
  }
}

/** How a bridge reaches the main process: Electron's IPC or the kiosk's WebSocket. */
export interface Wire {
  /** Resolves with a {@link Reply}; rejects only when the answer was lost. */
  ask(channel: string, input: unknown): Promise<unknown>
  /** Listens to a notice; call what it returns to stop. */
  on(channel: string, listener: (payload: unknown) => void): () => void
}

/** The window side of a contract, over any wire. */
export function bridgeOver<C extends Contract>(contract: C, wire: Wire): Bridge<C> {
  const groups: Record<string, Record<string, unknown>> = {}
  for (const { group, name, entry } of entriesOf(contract)) {
    const functions = (groups[group] ??= {})
    const at = channel(group, name)
    if (entry.kind === 'request')
      functions[name] = async (input?: unknown) => read(at, await wire.ask(at, input))
    else functions[`on${capitalized(name)}`] = (listener: (payload: unknown) => void) => wire.on(at, listener)
  }
  return groups as Bridge<C>
}

/** The announcing side of a contract: each notice goes to `send` under its channel's name. */
export function announcerOver<C extends Contract>(
  contract: C,
  send: (channel: string, payload: unknown) => void,
): Announcer<C> {
  const groups: Record<string, Record<string, (payload: unknown) => void>> = {}
  for (const { group, name, entry } of entriesOf(contract)) {
    if (entry.kind !== 'notice') continue
    const functions = (groups[group] ??= {})
    functions[name] = (payload) => send(channel(group, name), payload)
  }
  return groups as unknown as Announcer<C>
}

/** Every entry of a contract with its place, for wires and tests. */
export function entriesOf(contract: Contract) {
  return Object.entries(contract).flatMap(([group, entries]) =>
    Object.entries(entries).map(([name, entry]) => ({ group, name, entry })),
  )
}

/** Written out rather than with a schema: zod's compiled checks would trip over the page's content policy. */
function read(channel: string, raw: unknown): unknown {
  if (!isReply(raw)) throw new ContractFault('disconnected', channel)
  if (raw.ok) return raw.answer
  throw new ContractFault(raw.fault, channel, raw.reference)
}

function isReply(raw: unknown): raw is Reply {
  if (typeof raw !== 'object' || raw === null || !('ok' in raw)) return false
  return raw.ok === true || (raw.ok === false && 'fault' in raw && typeof raw.fault === 'string')
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function randomReference(): string {
  const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  const bytes = crypto.getRandomValues(new Uint8Array(6))
  return Array.from(bytes, (byte) => letters.charAt(byte % letters.length)).join('')
}
