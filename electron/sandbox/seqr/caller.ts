import { createHash, timingSafeEqual } from 'node:crypto'
import type { ContextArgs, ResellerAccount, Terminal } from './book-types.ts'
import { remark, type Shelf } from './book-state.ts'

export type Caller<Who> =
  { readonly ok: true; readonly caller: Who } | { readonly ok: false; readonly code: number }

/** Who signs for registerTerminal, markTransactionPeriod and executeReport: the shop (29, 37, 20). */
export function resellerCalling(
  shelf: Shelf,
  operation: string,
  context: ContextArgs | undefined,
): Caller<ResellerAccount> {
  const principal = context?.initiatorPrincipalId
  if (principal?.type !== 'RESELLERUSER') return { ok: false, code: 29 }
  const caller = shelf.options.resellers.find(
    ({ resellerId, userId }) => resellerId === principal.id && userId === principal.userId,
  )
  if (caller === undefined) return { ok: false, code: 37 }
  if (!isSame(caller.password, context?.password ?? '')) return { ok: false, code: 20 }
  noteContext(shelf, operation, context)
  return { ok: true, caller }
}

/** Who signs for everything else: the till's own terminal (29 when unknown or removed, 20). */
export function terminalCalling(
  shelf: Shelf,
  operation: string,
  context: ContextArgs | undefined,
): Caller<Terminal> {
  const principal = context?.initiatorPrincipalId
  const terminal = principal?.type === 'TERMINALID' ? shelf.terminals.get(principal.id ?? '') : undefined
  if (terminal === undefined) return { ok: false, code: 29 }
  const digest = passwordDigest(terminal.terminalId, context?.password ?? '')
  if (!isSame(terminal.passwordDigest, digest)) return { ok: false, code: 20 }
  noteContext(shelf, operation, context)
  return { ok: true, caller: terminal }
}

export function passwordDigest(terminalId: string, password: string): string {
  return createHash('sha256').update(`${terminalId}\n${password}`).digest('hex')
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return first !== undefined && second !== undefined && timingSafeEqual(first, second)
}

/** The rules for a ClientContext that certification checks and the service itself lets pass. */
function noteContext(shelf: Shelf, operation: string, context: ContextArgs | undefined): void {
  const reference = context?.clientReference ?? ''
  if (context?.clientRequestTimeout !== '0') remark(shelf, operation, 'clientRequestTimeout is not 0')
  if ((context?.clientId ?? '') === '') remark(shelf, operation, 'clientId is missing')
  if ((context?.channel ?? '').length > 40) remark(shelf, operation, 'channel is longer than 40')
  if ((context?.clientComment ?? '').length > 80) remark(shelf, operation, 'clientComment is longer than 80')
  if (reference === '') remark(shelf, operation, 'clientReference is missing')
  else if (reference.length > 32) remark(shelf, operation, 'clientReference is longer than 32')
  else if (shelf.clientReferences.has(reference)) remark(shelf, operation, 'clientReference was used before')
  if (shelf.clientReferences.size >= 10_000) shelf.clientReferences.clear()
  shelf.clientReferences.add(reference)
}
