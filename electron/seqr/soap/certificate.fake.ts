// A certificate for https://127.0.0.1 that signed itself, made anew for each test run so that none lies in the sources.
import { generateKeyPairSync, sign } from 'node:crypto'

/** The certificate and its key as PEM, good for the given years. */
export function selfSigned(years: readonly [from: number, to: number] = [2020, 2049]) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(objectId('550403'), tagged(0x0c, Buffer.from('Kassa test')))))
  const validity = sequence(...years.map((year) => tagged(0x17, Buffer.from(`${year % 100}0101000000Z`))))
  const content = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(isAuthority, isLoopback)),
  )
  const signature = sign('sha256', content, privateKey)
  const certificate = sequence(
    content,
    ecdsaWithSha256,
    tagged(0x03, Buffer.concat([Buffer.of(0), signature])),
  )
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  }
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}

const sequence = (...parts: Buffer[]) => tagged(0x30, ...parts)
const set = (...parts: Buffer[]) => tagged(0x31, ...parts)
const integer = (value: number) => tagged(0x02, Buffer.of(value))
const objectId = (hex: string) => tagged(0x06, Buffer.from(hex, 'hex'))
const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))
const isTrue = tagged(0x01, Buffer.of(0xff))
const isAuthority = sequence(objectId('551d13'), isTrue, tagged(0x04, sequence(isTrue)))
const isLoopback = sequence(objectId('551d11'), tagged(0x04, sequence(tagged(0x87, Buffer.of(127, 0, 0, 1)))))
