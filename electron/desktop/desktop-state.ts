import fs from 'node:fs'
import path from 'node:path'

/** What the desktop shell remembers between starts. None of it is worth more than a default. */
export interface DesktopState {
  /** The screen that the customer's display was last on. */
  readonly displayId?: number
  /** The graphics came down again and again: draw without them. */
  readonly drawsInSoftware?: boolean
}

export interface StateFile {
  read(): DesktopState
  change(part: DesktopState): void
}

export function desktopStateIn(dataDir: string): StateFile {
  const file = path.join(dataDir, 'desktop.json')
  const read = (): DesktopState => {
    try {
      return stateOf(JSON.parse(fs.readFileSync(file, 'utf8')))
    } catch {
      return {}
    }
  }
  return {
    read,
    change(part) {
      fs.mkdirSync(dataDir, { recursive: true })
      fs.writeFileSync(`${file}.new`, JSON.stringify({ ...read(), ...part }))
      fs.renameSync(`${file}.new`, file)
    },
  }
}

function stateOf(value: unknown): DesktopState {
  if (typeof value !== 'object' || value === null) return {}
  const { displayId, drawsInSoftware } = value as Record<string, unknown>
  return {
    ...(typeof displayId === 'number' ? { displayId } : {}),
    ...(typeof drawsInSoftware === 'boolean' ? { drawsInSoftware } : {}),
  }
}
