import { spawn } from 'node:child_process'
import { project } from './project.js'

/**
 * Runs a program in our place: its output is ours, a signal to us goes to it, and its exit code is returned.
 * When we are gone it hears so on its message channel.
 */
export function passOn(program, args, { env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: project,
      env: { ...process.env, ...env },
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      // In a group of its own: else Ctrl-C reaches it twice, from the terminal and from us, and the second one kills.
      detached: process.platform !== 'win32',
    })
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    const forward = (signal) => child.kill(signal)
    for (const signal of signals) process.on(signal, forward)
    child.once('error', () => resolve(127))
    child.once('exit', (code, signal) => {
      for (const each of signals) process.off(each, forward)
      if (child.connected) child.disconnect()
      resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1))
    })
  })
}
