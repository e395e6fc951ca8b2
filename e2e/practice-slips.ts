/** A practice 7-CONNECT server that outlives the till and whose faults and clock a spec can turn. */
import {
  type SevenConnectSandbox,
  startSevenConnectSandbox,
} from '../electron/sandbox/seven-connect/start.ts'

export interface PracticeSlips {
  readonly server: SevenConnectSandbox
  /** What a till needs in its environment to use this server. */
  readonly environment: Readonly<Record<string, string>>
}

export async function startPracticeSlips(): Promise<PracticeSlips> {
  const server = await startSevenConnectSandbox({ currency: 'SEK' })
  const { storeID, storeKey } = server.demo.store
  return {
    server,
    environment: { KASSA_SLIPS_URL: server.url, KASSA_SLIPS_STORE: storeID, KASSA_SLIPS_KEY: storeKey },
  }
}
