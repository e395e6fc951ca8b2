/** One running till for one data folder, whichever of the two shells it is; a second start asks the first one. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import fs from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export type Claim =
  | {
      readonly first: true
      /** What a second start is answered: for the kiosk a fresh address, for the desktop program an empty line. */
      onSecondStart(answer: () => string): void
      release(): void
    }
  | { readonly first: false; readonly answer: string }

const fileName = 'running.json'
const tries = 20
const pauseMs = 50

/**
 * Claims the data folder. The claim is a line of its own on this machine, held open by whoever was first; the
 * file only says where it is. A till that was killed answers no more, and its claim is taken over at once.
 */
export async function claimDataDir(dataDir: string): Promise<Claim> {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = path.join(dataDir, fileName)
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const own = await listen(randomBytes(32).toString('base64url'))
    if (writeNew(file, own.where)) {
      await sleep(pauseMs)
      if (readWhere(file)?.word === own.where.word) return { first: true, ...claimed(own, file) }
    }
    own.close()
    const where = readWhere(file)
    const answer = await askFirst(where)
    if (answer !== null) return { first: false, answer }
    if (attempt > 2 && readWhere(file)?.word === where?.word) fs.rmSync(file, { force: true })
    await sleep(pauseMs)
  }
  throw new Error(`The data folder ${dataDir} could not be claimed: is another Kassa starting in it?`)
}

interface Where {
  readonly port: number
  readonly word: string
}

function claimed(own: Listening, file: string) {
  return {
    onSecondStart: own.answerWith,
    release() {
      own.close()
      if (readWhere(file)?.word === own.where.word) fs.rmSync(file, { force: true })
    },
  }
}

interface Listening {
  readonly where: Where
  answerWith(answer: () => string): void
  close(): void
}

async function listen(word: string): Promise<Listening> {
  const line = { answer: () => '' }
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.setTimeout(2_000, () => socket.destroy())
    socket.once('data', (data: Buffer) => socket.end(isWord(data, word) ? `${line.answer()}\n` : ''))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  server.unref()
  return {
    where: { port: (server.address() as AddressInfo).port, word },
    answerWith(answer) {
      line.answer = answer
    },
    close: () => void server.close(),
  }
}

function isWord(data: Buffer, word: string): boolean {
  const expected = Buffer.from(`${word}\n`)
  return data.length === expected.length && timingSafeEqual(data, expected)
}

/** What the first till answers, or null when nobody who knows the word is there. */
function askFirst(where: Where | null): Promise<string | null> {
  if (where === null) return Promise.resolve(null)
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = net.connect({ port: where.port, host: '127.0.0.1' }, () => socket.write(`${where.word}\n`))
    socket.setTimeout(2_000, () => socket.destroy())
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => resolve(null))
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString()
      resolve(text.endsWith('\n') ? text.trimEnd() : null)
    })
  })
}

/** False when there is such a file already. */
function writeNew(file: string, where: Where): boolean {
  try {
    fs.writeFileSync(file, JSON.stringify(where), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readWhere(file: string): Where | null {
  try {
    const read: unknown = JSON.parse(fs.readFileSync(file, 'utf8'))
    if (typeof read !== 'object' || read === null || !('port' in read) || !('word' in read)) return null
    const { port, word } = read
    if (typeof port !== 'number' || typeof word !== 'string' || port < 1 || port > 65_535) return null
    return { port, word }
  } catch {
    return null
  }
}
