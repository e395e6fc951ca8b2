/** How a vault keeps its key: in the system's keychain (Electron), or in a file that only the user can read. */
export type VaultKind = 'safeStorage' | 'keyFile'

/**
 * Keeps secrets unreadable at rest. What it seals is text that starts with the kind of vault that made it,
 * so that data can move between the two shells. `purpose` says what the secret is for: text that is sealed
 * for one purpose does not open for another.
 */
export interface Vault {
  readonly kind: VaultKind
  /** A sentence for the administrator when the keeping is weaker than it should be. */
  readonly warning?: string
  seal(plain: string, purpose: string): string
  /** Throws {@link SecretUnreadable} when this vault cannot open it. */
  open(sealed: string, purpose: string): string
  /** The same secret as this vault seals it now, or null when it is so already. Run at start-up over every secret. */
  reseal(sealed: string, purpose: string): string | null
  /** The same secret as the other shell can open it: what "prepare for the kiosk" stores. */
  sealForKiosk(sealed: string, purpose: string): string
}

export type UnreadableReason = 'sealedByTheDesktopProgram' | 'wrongKeyOrDamaged' | 'notSealed'

/** A secret cannot be read on this machine. It has to be entered again, or its data moved the proper way. */
export class SecretUnreadable extends Error {
  readonly reason: UnreadableReason

  constructor(reason: UnreadableReason, purpose: string) {
    super(`The secret for ${purpose} cannot be read: ${sentences[reason]}`)
    this.name = 'SecretUnreadable'
    this.reason = reason
  }
}

const sentences: Record<UnreadableReason, string> = {
  sealedByTheDesktopProgram:
    "it is locked with this system's keychain; open the desktop program and choose to prepare the data for the kiosk, or enter it again",
  wrongKeyOrDamaged: 'it belongs to another key or was changed; enter it again',
  notSealed: 'it was never sealed',
}

export const keyFilePrefix = 'keyFile1:'
export const safeStoragePrefix = 'safeStorage1:'
