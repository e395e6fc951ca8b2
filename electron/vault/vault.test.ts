import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openKeyFileVault } from './key-file-vault.ts'
import { openSafeStorageVault, type SafeStorage } from './safe-storage-vault.ts'

const secret = 'Terminal-Password-åäö-€-42'
const purpose = 'seqr.terminalPassword'
let folder = ''
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-vault-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))
const keyFile = () => path.join(folder, 'data', 'vault.key')

/** A keychain that scrambles: what it gives back is not the plain text, and only it can undo that. */
function fakeSafeStorage(backend = 'gnome_libsecret', available = true): SafeStorage {
  const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
  return {
    isEncryptionAvailable: () => available,
    encryptString: (plain) => flip(Buffer.from(`v1${plain}`)),
    decryptString(encrypted) {
      const text = flip(encrypted).toString()
      if (!text.startsWith('v1')) throw new Error('Error while decrypting the ciphertext')
      return text.slice(2)
    },
    getSelectedStorageBackend: () => backend,
  }
}

test('a sealed secret opens again, also after a restart, and never shows itself', () => {
  const sealed = openKeyFileVault(keyFile()).seal(secret, purpose)
  expect(sealed).toMatch(/^keyFile1:/)
  expect(Buffer.from(sealed.slice(9), 'base64').toString('latin1')).not.toContain('Terminal')
  expect(openKeyFileVault(keyFile()).open(sealed, purpose)).toBe(secret)
})

test('the key file is 32 bytes and only the user can read it', () => {
  openKeyFileVault(keyFile())
  const { mode, size } = fs.statSync(keyFile())
  expect(size).toBe(32)
  if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600)
  expect(fs.readdirSync(path.dirname(keyFile()))).toEqual(['vault.key'])
})

test('a key file that others could read is closed to them at the next start', () => {
  openKeyFileVault(keyFile())
  fs.chmodSync(keyFile(), 0o644)
  openKeyFileVault(keyFile())
  if (process.platform !== 'win32') expect(fs.statSync(keyFile()).mode & 0o777).toBe(0o600)
})

test('sealing twice gives two texts', () => {
  const vault = openKeyFileVault(keyFile())
  expect(vault.seal(secret, purpose)).not.toBe(vault.seal(secret, purpose))
})

test('a secret sealed for one purpose does not open for another', () => {
  const vaults = [openKeyFileVault(keyFile()), openSafeStorageVault(fakeSafeStorage(), never)]
  for (const vault of vaults)
    expect(() => vault.open(vault.seal(secret, purpose), 'seqr.resellerPassword')).toThrow('enter it again')
})

test('whatever byte is changed, the secret does not open', () => {
  const vault = openKeyFileVault(keyFile())
  const bytes = Buffer.from(vault.seal(secret, purpose).slice(9), 'base64')
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ change
      expect(() => vault.open(`keyFile1:${changed.toString('base64')}`, purpose)).toThrow('enter it again')
    }),
  )
})

test('another key opens nothing, and says so without the secret', () => {
  const sealed = openKeyFileVault(keyFile()).seal(secret, purpose)
  const other = openKeyFileVault(path.join(folder, 'other.key'))
  expect(() => other.open(sealed, purpose)).toThrow(/another key or was changed/)
  for (const text of ['', 'keyFile1:', 'keyFile1:AAAA', secret])
    expect(() => other.open(text, purpose)).toThrow('cannot be read')
  expect(() => other.open(secret, purpose)).not.toThrow(secret)
})

test('a damaged key file is named and never replaced', () => {
  fs.mkdirSync(path.dirname(keyFile()))
  fs.writeFileSync(keyFile(), 'short')
  expect(() => openKeyFileVault(keyFile())).toThrow('does not hold a key')
  expect(fs.readFileSync(keyFile(), 'utf8')).toBe('short')
})

test('the keychain is used where there is one', () => {
  const vault = openSafeStorageVault(fakeSafeStorage(), never)
  const sealed = vault.seal(secret, purpose)
  expect([vault.kind, vault.warning]).toEqual(['safeStorage', undefined])
  expect(sealed).toMatch(/^safeStorage1:/)
  expect(vault.open(sealed, purpose)).toBe(secret)
  expect(vault.reseal(sealed, purpose)).toBeNull()
})

test.each([
  ['basic_text', true],
  ['unknown', false],
])('without a real keychain (%s) the key file is used, with a warning', (backend, available) => {
  const vault = openSafeStorageVault(fakeSafeStorage(backend, available), () => openKeyFileVault(keyFile()))
  expect(vault.kind).toBe('keyFile')
  expect(vault.warning).toContain('no keychain')
  expect(vault.open(vault.seal(secret, purpose), purpose)).toBe(secret)
})

test('data moves from the kiosk to the desktop program and back', () => {
  const kiosk = openKeyFileVault(keyFile())
  const desktop = openSafeStorageVault(fakeSafeStorage(), () => openKeyFileVault(keyFile()))
  const fromKiosk = kiosk.seal(secret, purpose)
  expect(desktop.open(fromKiosk, purpose)).toBe(secret)
  const resealed = desktop.reseal(fromKiosk, purpose) ?? ''
  expect(resealed).toMatch(/^safeStorage1:/)
  expect(() => kiosk.open(resealed, purpose)).toThrow('prepare the data for the kiosk')
  expect(kiosk.open(desktop.sealForKiosk(resealed, purpose), purpose)).toBe(secret)
})

function never(): never {
  throw new Error('the key file must not be touched')
}
