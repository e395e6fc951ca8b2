/** A practice SEQR service that outlives the till, for specs that kill the till or break the service. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type SeqrSandbox, sandboxReseller, startSeqrSandbox } from '../electron/sandbox/seqr/seqr-server.ts'

const wsdl = readFileSync(path.resolve(import.meta.dirname, '../resources/seqr.wsdl'), 'utf8')

export interface PracticeSeqr {
  readonly sandbox: SeqrSandbox
  /** What a till needs in its environment to use this service. */
  readonly environment: Readonly<Record<string, string>>
}

export async function startPracticeSeqr(): Promise<PracticeSeqr> {
  const sandbox = await startSeqrSandbox({ wsdl })
  const { resellerId, userId, password } = sandboxReseller
  return {
    sandbox,
    environment: {
      KASSA_SEQR_URL: sandbox.url,
      KASSA_SEQR_RESELLER: resellerId,
      KASSA_SEQR_USER: userId,
      KASSA_SEQR_PASSWORD: password,
    },
  }
}
