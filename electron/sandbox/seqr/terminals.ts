import { accepted, advance, isOpen, remark, settle, type Shelf } from './book-state.ts'
import type { ContextArgs, RegisterTerminalReply, Terminal } from './book-types.ts'
import { passwordDigest, resellerCalling, terminalCalling } from './caller.ts'
import { reply, type Reply } from './result-codes.ts'

export type WithContext = { readonly context?: ContextArgs | undefined }
export type RegisterTerminalArgs = WithContext & {
  readonly externalTerminalId?: string | undefined
  readonly password?: string | undefined
  readonly name?: string | undefined
}
export type AssignSeqrIdArgs = WithContext & { readonly seqrId?: string | undefined }

/** Each registration makes a new terminal, also under an externalTerminalId that was used before. */
export function registerTerminal(shelf: Shelf, args: RegisterTerminalArgs): RegisterTerminalReply {
  const signed = resellerCalling(shelf, 'registerTerminal', args.context)
  if (!signed.ok) return reply(signed.code)
  const password = args.password ?? ''
  if (password.length < 4) return reply(21)
  if ((args.externalTerminalId ?? '') === '')
    remark(shelf, 'registerTerminal', 'externalTerminalId is missing')
  const terminalId = shelf.options.newId('terminal')
  shelf.terminals.set(terminalId, {
    terminalId,
    resellerId: signed.caller.resellerId,
    externalTerminalId: args.externalTerminalId ?? '',
    name: args.name ?? '',
    passwordDigest: passwordDigest(terminalId, password),
    seqrId: null,
    registeredAtMs: shelf.options.now(),
  })
  shelf.revision += 1
  return { ...accepted(shelf), terminalId }
}

/** Removes the terminal: its SEQR ID is free again and its open invoice canceled. */
export function unregisterTerminal(shelf: Shelf, args: WithContext): Reply {
  const signed = terminalCalling(shelf, 'unregisterTerminal', args.context)
  if (!signed.ok) return reply(signed.code)
  cancelOpenInvoice(shelf, signed.caller, 'unregistered')
  shelf.terminals.delete(signed.caller.terminalId)
  shelf.revision += 1
  return accepted(shelf)
}

/** 53 unless alphanumeric and not another terminal's. Letter case does not matter. */
export function assignSeqrId(shelf: Shelf, args: AssignSeqrIdArgs): Reply {
  const signed = terminalCalling(shelf, 'assignSeqrId', args.context)
  if (!signed.ok) return reply(signed.code)
  const seqrId = (args.seqrId ?? '').toUpperCase()
  const holder = terminalWithSeqrId(shelf, seqrId)
  const isTaken = holder !== undefined && holder.terminalId !== signed.caller.terminalId
  if (!/^[A-Z0-9]+$/.test(seqrId) || isTaken) return reply(53)
  shelf.terminals.set(signed.caller.terminalId, { ...signed.caller, seqrId })
  shelf.revision += 1
  return accepted(shelf)
}

export function terminalWithSeqrId(shelf: Shelf, seqrId: string): Terminal | undefined {
  return [...shelf.terminals.values()].find((terminal) => terminal.seqrId === seqrId)
}

/** Ends the one invoice that the terminal may have open. */
export function cancelOpenInvoice(
  shelf: Shelf,
  terminal: Terminal,
  ending: 'replaced' | 'unregistered',
): void {
  settle(shelf)
  const open = shelf.invoices.get(shelf.latest.get(terminal.terminalId) ?? '')
  if (open !== undefined && isOpen(open)) advance(shelf, open, { status: 'CANCELED', ending })
}
