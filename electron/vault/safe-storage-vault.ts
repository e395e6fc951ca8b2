import { keyFilePrefix, safeStoragePrefix, SecretUnreadable, type Vault } from './vault.ts'

/** The part of Electron's safeStorage that is used. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean
  encryptString(plain: string): Buffer
  decryptString(encrypted: Buffer): string
  /** Linux only. `basic_text` means that there is no keychain and anybody could read the result. */
  getSelectedStorageBackend?(): string
}

const noKeychain =
  'This system has no keychain that is unlocked. Passwords are kept under a key file in the data folder instead: keep other people out of this user account.'

/**
 * Secrets under the system's keychain. Where there is none, the key file's vault is used and says so in its
 * warning. What the kiosk sealed opens too, and is sealed anew by {@link Vault.reseal}.
 */
export function openSafeStorageVault(safeStorage: SafeStorage, openKeyFile: () => Vault): Vault {
  if (!isReal(safeStorage)) return { ...openKeyFile(), warning: noKeychain }
  const seal = (plain: string, purpose: string) =>
    safeStoragePrefix + safeStorage.encryptString(JSON.stringify({ purpose, plain })).toString('base64')
  const open = (sealed: string, purpose: string) => {
    if (sealed.startsWith(keyFilePrefix)) return openKeyFile().open(sealed, purpose)
    if (!sealed.startsWith(safeStoragePrefix)) throw new SecretUnreadable('notSealed', purpose)
    return decrypt(safeStorage, sealed.slice(safeStoragePrefix.length), purpose)
  }
  return {
    kind: 'safeStorage',
    seal,
    open,
    reseal: (sealed, purpose) =>
      sealed.startsWith(safeStoragePrefix) ? null : seal(open(sealed, purpose), purpose),
    sealForKiosk: (sealed, purpose) => openKeyFile().seal(open(sealed, purpose), purpose),
  }
}

function isReal(safeStorage: SafeStorage): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  return safeStorage.getSelectedStorageBackend?.() !== 'basic_text'
}

function decrypt(safeStorage: SafeStorage, text: string, purpose: string): string {
  try {
    const value: unknown = JSON.parse(safeStorage.decryptString(Buffer.from(text, 'base64')))
    if (isFor(value, purpose)) return value.plain
  } catch {
    // Another user's keychain, or changed bytes: the sentence below is all there is to say.
  }
  throw new SecretUnreadable('wrongKeyOrDamaged', purpose)
}

function isFor(value: unknown, purpose: string): value is { plain: string } {
  if (typeof value !== 'object' || value === null || !('purpose' in value) || !('plain' in value))
    return false
  return value.purpose === purpose && typeof value.plain === 'string'
}
