import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { keyFilePrefix, safeStoragePrefix, SecretUnreadable, type Vault } from './vault.ts'

const keyBytes = 32
const ivBytes = 12
const tagBytes = 16

/** The key file is there but holds no key. It is never replaced: what it sealed would be lost for good. */
export class KeyFileDamaged extends Error {
  constructor(file: string) {
    super(
      `The key file ${file} does not hold a key. Put back a copy of it, or move it away and enter the passwords again.`,
    )
    this.name = 'KeyFileDamaged'
  }
}

/**
 * AES-256-GCM under a key file that only the user can read. The file is made on first use. Windows has no
 * modes: there the data folder's own access list, which is the user's alone, is what keeps others out.
 */
export function openKeyFileVault(file: string): Vault {
  const key = readOrMakeKey(file)
  const seal = (plain: string, purpose: string) => keyFilePrefix + encrypt(key, plain, purpose)
  const open = (sealed: string, purpose: string) => {
    if (sealed.startsWith(safeStoragePrefix)) throw new SecretUnreadable('sealedByTheDesktopProgram', purpose)
    if (!sealed.startsWith(keyFilePrefix)) throw new SecretUnreadable('notSealed', purpose)
    return decrypt(key, sealed.slice(keyFilePrefix.length), purpose)
  }
  return { kind: 'keyFile', seal, open, reseal: () => null, sealForKiosk: (sealed) => sealed }
}

function encrypt(key: Buffer, plain: string, purpose: string): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
}

function decrypt(key: Buffer, text: string, purpose: string): string {
  try {
    const bytes = Buffer.from(text, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(Buffer.from(purpose))
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
    const plain = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]
    return Buffer.concat(plain).toString('utf8')
  } catch {
    throw new SecretUnreadable('wrongKeyOrDamaged', purpose)
  }
}

function readOrMakeKey(file: string): Buffer {
  if (!fs.existsSync(file)) makeKey(file)
  const key = fs.readFileSync(file)
  if (key.length !== keyBytes) throw new KeyFileDamaged(file)
  if (process.platform !== 'win32') fs.chmodSync(file, 0o600)
  return key
}

/** Written beside and then renamed: a key file is there whole or not at all. */
function makeKey(file: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const half = `${file}.${process.pid}.new`
  fs.rmSync(half, { force: true })
  const handle = fs.openSync(half, 'wx', 0o600)
  fs.writeSync(handle, randomBytes(keyBytes))
  fs.fsyncSync(handle)
  fs.closeSync(handle)
  fs.renameSync(half, file)
}
