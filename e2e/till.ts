/** A till for a spec: the real kiosk shell in a fresh data folder, with its practice services, as `npm start` runs it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { test as base, expect } from '@playwright/test'

export interface TillOptions {
  readonly dataDir: string
  /** KASSA_ variables beside the folder and the port. */
  readonly environment?: Readonly<Record<string, string>>
  /** Another copy of the kiosk shell than the one in out/. */
  readonly program?: string
}

/** A running till. */
export interface RunningTill {
  /** An address that lets one browser in. */
  readonly address: string
  readonly dataDir: string
  /** Ends it as a person would. */
  stop(): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

const builtProgram = path.resolve(import.meta.dirname, '../out/main/kiosk.js')

/** Starts the built kiosk shell and waits for the line that says where it is. */
export async function startTill(options: TillOptions): Promise<RunningTill> {
  const { dataDir, environment, program = builtProgram } = options
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      KASSA_SEQR_URL: '',
      KASSA_OPEN: 'no',
      KASSA_PORT: '0',
      ...environment,
      KASSA_DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await readyAddress(child)
  return {
    address,
    dataDir,
    async stop() {
      child.kill()
      await ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function readyAddress(child: ChildProcess): Promise<string> {
  const said: string[] = []
  return new Promise((resolve, reject) => {
    if (child.stdout === null || child.stderr === null) return reject(new Error('the till has no output'))
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line)
      const address = /^Kassa is ready at (\S+)/.exec(line)?.[1]
      if (address !== undefined) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`the till ended with ${code}: ${said.join('\n')}`)))
  })
}

/** A folder that is gone after the spec. */
export function freshFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kassa-e2e-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) }
}

/** Specs that need a practice till of their own take `till`; it is stopped and its folder removed afterwards. */
export const test = base.extend<{ dataDir: string; till: RunningTill }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
  dataDir: async ({}, use) => {
    const { folder, remove } = freshFolder()
    await use(folder)
    remove()
  },
  till: async ({ dataDir }, use) => {
    const till = await startTill({ dataDir })
    await use(till)
    await till.stop()
  },
})

export { expect }
