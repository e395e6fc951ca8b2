import type { PrintedPaper } from '../../app/domain/printed-paper.ts'
import { commandAt } from './escpos-commands.ts'
import type { Command } from './escpos-commands.ts'
import { readEscpos } from './escpos-reader.ts'

/** What can be done to a virtual printer by hand. */
export interface VirtualCondition {
  /** Without power it can't be reached. */
  readonly hasPower: boolean
  /** Lines left on the roll; null is a roll that never ends. Near the end is under {@link nearEndLines}. */
  readonly paperLines: number | null
  readonly isCoverOpen: boolean
  /** The cutter is stuck. */
  readonly isJammed: boolean
  /** Taken off line with its button. */
  readonly isOffline: boolean
  /** Takes data but never answers, as cheap printers do. */
  readonly isSilent: boolean
}

export const wellCondition: VirtualCondition = {
  hasPower: true,
  paperLines: null,
  isCoverOpen: false,
  isJammed: false,
  isOffline: false,
  isSilent: false,
}

export const nearEndLines = 20

/** The inside of a receipt printer: a buffer, paper, sensors. Bytes in; paper and answers out. */
export interface VirtualMechanism {
  readonly condition: VirtualCondition
  readonly papers: readonly PrintedPaper[]
  readonly drawerOpenings: number
  change(condition: Partial<VirtualCondition>): void
  /** Real-time commands are obeyed at once, the rest as far as paper and cover allow. */
  receive(bytes: Uint8Array, reply: (bytes: Uint8Array) => void): void
  /** The job has ended: what is printed but not cut is torn off once the buffer is empty. */
  endJob(): void
}

interface Waiting {
  readonly bytes: Uint8Array
  readonly command: Command
  readonly reply: (bytes: Uint8Array) => void
}

const mostPapers = 50

export function virtualMechanism(
  columns: number | (() => number),
  changed: () => void = () => undefined,
): VirtualMechanism {
  let condition = wellCondition
  let unread = new Uint8Array()
  let waiting: (Waiting | { readonly leftover: Uint8Array })[] = []
  let sheet: number[] = []
  let papers: PrintedPaper[] = []
  let drawerOpenings = 0

  const tearOff = () => {
    const paper = readEscpos(Uint8Array.from(sheet), typeof columns === 'number' ? columns : columns())
    sheet = []
    if (!paper.items.some((item) => item.kind !== 'drawerPulse') && paper.faults.length === 0) return
    papers = [...papers, paper].slice(-mostPapers)
    changed()
  }

  const answer = (reply: (bytes: Uint8Array) => void, byte: number) => {
    if (!condition.isSilent) reply(Uint8Array.of(byte))
  }

  const openDrawer = () => {
    drawerOpenings += 1
    changed()
  }

  const obey = ({ command, bytes, reply }: Waiting) => {
    if (command.name === 'askInOrder') return answer(reply, paperSensor(condition))
    sheet.push(...bytes)
    if (command.name === 'pulse') openDrawer()
    const lines =
      command.name === 'lineFeed' ? 1 : command.name === 'feedLines' ? (command.params[0] ?? 0) : 0
    if (condition.paperLines !== null) {
      condition = { ...condition, paperLines: Math.max(0, condition.paperLines - lines) }
    }
    if (command.name === 'cut') tearOff()
  }

  const run = () => {
    while (canPrint(condition)) {
      const next = waiting.shift()
      if (next === undefined) return
      if ('command' in next) obey(next)
      else {
        sheet.push(...next.leftover)
        tearOff()
      }
    }
  }

  const obeyNow = ({ name, params }: Command, reply: (bytes: Uint8Array) => void) => {
    if (name === 'askStatus') answer(reply, statusByte(condition, params[0] ?? 0))
    if (name === 'pulseNow') openDrawer()
    if (name === 'recover' && params[0] === 2) waiting = []
  }

  return {
    get condition() {
      return condition
    },
    get papers() {
      return papers
    },
    get drawerOpenings() {
      return drawerOpenings
    },
    change: (change) => {
      condition = { ...condition, ...change }
      if (!condition.hasPower) {
        if (sheet.length > 0) tearOff()
        waiting = []
        unread = new Uint8Array()
      }
      run()
      changed()
    },
    receive: (bytes, reply) => {
      unread = Uint8Array.from([...unread, ...bytes])
      let at = 0
      for (let command = commandAt(unread, at); command !== null; command = commandAt(unread, at)) {
        const own = unread.slice(at, at + command.length)
        if (isRealTime(command)) obeyNow(command, reply)
        else waiting.push({ bytes: own, command, reply })
        at += command.length
      }
      unread = unread.slice(at)
      run()
    },
    endJob: () => {
      waiting.push({ leftover: unread })
      unread = new Uint8Array()
      run()
    },
  }
}

function isRealTime({ name }: Command): boolean {
  return name === 'askStatus' || name === 'pulseNow' || name === 'recover'
}

function canPrint(condition: VirtualCondition): boolean {
  const { hasPower, paperLines, isCoverOpen, isJammed, isOffline } = condition
  return hasPower && paperLines !== 0 && !isCoverOpen && !isJammed && !isOffline
}

function isNearEnd({ paperLines }: VirtualCondition): boolean {
  return paperLines !== null && paperLines < nearEndLines
}

// The bits that are set in every answer to DLE EOT.
const fixedBits = 0x12

function statusByte(condition: VirtualCondition, question: number): number {
  const { paperLines, isCoverOpen, isJammed } = condition
  const when = (isSet: boolean, bits: number) => (isSet ? bits : 0)
  switch (question) {
    case 1:
      return fixedBits | when(!canPrint(condition), 0x08)
    case 2:
      return fixedBits | when(isCoverOpen, 0x04) | when(paperLines === 0, 0x20) | when(isJammed, 0x40)
    case 3:
      return fixedBits | when(isJammed, 0x08)
    default:
      return fixedBits | when(isNearEnd(condition), 0x0c) | when(paperLines === 0, 0x60)
  }
}

function paperSensor(condition: VirtualCondition): number {
  return (isNearEnd(condition) ? 0x03 : 0) | (condition.paperLines === 0 ? 0x0c : 0)
}
