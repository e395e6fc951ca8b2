import { ContractFault } from '../contract/define.ts'
import type { Permission } from '../contract/views.ts'
import type { NotAsked } from '../words/sentences.ts'

interface Answer {
  readonly ok: boolean
  readonly reason?: string
  readonly permission?: Permission | 'administrator'
}

/** Asks the till. What goes wrong with the asking itself becomes an answer too: a screen has no other way to fail. */
export async function asked<A>(request: () => Promise<A>): Promise<A | NotAsked> {
  try {
    return await request()
  } catch (error) {
    if (error instanceof ContractFault && error.fault === 'disconnected')
      return { ok: false, reason: 'disconnected' }
    return { ok: false, reason: 'bug', reference: referenceOf(error) }
  }
}

/** Was the question never answered, whatever it was? */
export function isUnanswered(got: unknown): got is NotAsked {
  if (typeof got !== 'object' || got === null || !('ok' in got) || !('reason' in got)) return false
  return got.ok === false && (got.reason === 'disconnected' || got.reason === 'bug')
}

/** Asks, and where an administrator's right is wanted asks for the PIN and then once more. */
export async function askedWithRights<A extends Answer>(
  request: () => Promise<A>,
  askForPin: (permission: Permission | 'administrator') => Promise<boolean>,
): Promise<A | NotAsked> {
  const answer = await asked(request)
  if (answer.ok || answer.reason !== 'needsPermission' || !('permission' in answer)) return answer
  const { permission } = answer
  if (permission === undefined || !(await askForPin(permission))) return answer
  return asked(request)
}

function referenceOf(error: unknown): string {
  if (error instanceof ContractFault) return error.reference ?? error.fault
  return error instanceof Error ? error.name : 'unknown'
}
