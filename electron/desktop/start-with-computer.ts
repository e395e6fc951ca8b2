import fs from 'node:fs'
import path from 'node:path'
import type { App } from 'electron'

export interface StartWithComputer {
  readonly platform: NodeJS.Platform
  readonly homeDir: string
  readonly configDir?: string | undefined
  /** The AppImage's own file where there is one: the program inside it is at a place that changes. */
  readonly program: string
}

/** Starts the register with the computer, or no longer. Only an installed program can: one that is being developed is left alone. */
export function setStartWithComputer(
  app: Pick<App, 'isPackaged' | 'setLoginItemSettings'>,
  wanted: boolean,
  system: StartWithComputer,
): void {
  if (!app.isPackaged) return
  if (system.platform !== 'linux') return app.setLoginItemSettings({ openAtLogin: wanted })
  const folder = path.join(system.configDir ?? path.join(system.homeDir, '.config'), 'autostart')
  const file = path.join(folder, 'kassa.desktop')
  if (!wanted) return fs.rmSync(file, { force: true })
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(file, desktopEntry(system.program))
}

function desktopEntry(program: string): string {
  const quoted = program.replaceAll(/["`$\\]/g, String.raw`\$&`)
  return `[Desktop Entry]\nType=Application\nName=Kassa\nExec="${quoted}"\nTerminal=false\n`
}
