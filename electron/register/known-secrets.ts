import type { Reader } from '../storage/open.ts'
import { listSecrets } from '../storage/secrets.ts'
import type { RegisterParts } from './register-parts.ts'

/** Every secret that can be opened here, so that none of them gets into a text for others. */
export function knownSecrets(
  db: Reader,
  { sealer, reseller, slips }: Pick<RegisterParts, 'sealer' | 'reseller' | 'slips'>,
): readonly string[] {
  const sealed = listSecrets(db).flatMap(({ name, sealed }) => {
    try {
      return [sealer.open(sealed, name)]
    } catch {
      return []
    }
  })
  const given = [reseller?.password, slips?.storeKey]
  return [...sealed, ...given].filter((one): one is string => one !== undefined && one.length >= 4)
}
