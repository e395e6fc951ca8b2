// What every tool needs: where the project is, how to say something, and how to run a program to its end.
// The tools are plain JavaScript on Node's own modules: they run before anything is installed, on Node 20 too.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

export const project = path.resolve(
  import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
  '..',
)
export const inProject = (...parts) => path.join(project, ...parts)

/** One line of progress. On stderr, so that a program's own output can be read by another program. */
export const say = (line) => process.stderr.write(`${line}\n`)

/** A sentence for a person, and the end of this program. */
export class Stop extends Error {}

/** Runs `main` and turns its result into the exit code. Only real surprises show a stack. */
export async function runTool(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    say(error instanceof Stop ? error.message : String(error?.stack ?? error))
    process.exitCode = 1
  }
}

/**
 * Runs a program and resolves with { code, signal, output, timedOut }; `code` is null when it could not be
 * started or was ended by a signal. Its output is shown (`show: true`) or collected.
 */
export function run(program, args, { show = false, timeoutMs, env, input = 'ignore', onStart } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: project,
      env: { ...process.env, ...env },
      stdio: show ? [input, 'inherit', 'inherit'] : [input, 'pipe', 'pipe'],
      windowsHide: true,
    })
    const chunks = []
    let timedOut = false
    const timer =
      timeoutMs &&
      setTimeout(() => {
        timedOut = true
        child.kill('SIGKILL')
      }, timeoutMs)
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    const end = (code, signal) => {
      clearTimeout(timer)
      resolve({ code, signal, timedOut, output: Buffer.concat(chunks).toString() })
    }
    child.once('error', (error) => {
      chunks.push(Buffer.from(error.message))
      end(null, null)
    })
    child.once('close', end)
    onStart?.(child)
  })
}

export function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** The last lines of a long output: where programs say what went wrong. */
export const lastLines = (text, count = 15) => text.trimEnd().split('\n').slice(-count).join('\n')

export const seconds = (sinceMs) => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`
