import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { inProject } from './project.js'

/** Runs a script that hands its place to `program`, and says what came out and how it ended. */
function handOver(program, act = () => {}, options = {}) {
  const script = `import { passOn } from ${JSON.stringify(inProject('tools', 'pass-on.js'))}
process.exitCode = await passOn(process.execPath, ['-e', ${JSON.stringify(program)}])`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
    if (output.includes('ready')) act(child)
  })
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, output })))
}

test('the exit code and the output are those of the program', async () => {
  expect(await handOver('console.log("hello"); process.exit(3)')).toEqual({
    code: 3,
    signal: null,
    output: 'hello\n',
  })
})

/** Windows has no signals: there a console's Ctrl-C goes to everybody by itself. */
const isWindows = process.platform === 'win32'

const staysUntil = (event) =>
  `process.on('${event}', () => { console.log('ended in order'); process.exit(0) }); setInterval(() => {}, 1000); console.log('ready')`

test.skipIf(isWindows)('a request to end reaches the program, which ends in order', async () => {
  const ended = await handOver(staysUntil('SIGTERM'), (child) => child.kill('SIGTERM'))
  expect(ended).toMatchObject({ code: 0, output: 'ready\nended in order\n' })
})

test('a program whose script was killed hears of it', async () => {
  const ended = await handOver(staysUntil('disconnect'), (child) => child.kill('SIGKILL'))
  expect(ended.output).toBe('ready\nended in order\n')
})

const countsInterrupts = `let count = 0
process.on('SIGINT', () => { count += 1; setTimeout(() => { console.log('interrupted', count); process.exit(0) }, 200) })
setInterval(() => {}, 1000); console.log('ready')`

test.skipIf(isWindows)(
  'Ctrl-C, which the terminal sends to everybody, reaches the program once',
  async () => {
    const ctrlC = (child) => process.kill(-child.pid, 'SIGINT')
    const ended = await handOver(countsInterrupts, ctrlC, { detached: true })
    expect(ended).toMatchObject({ code: 0, output: 'ready\ninterrupted 1\n' })
  },
)
