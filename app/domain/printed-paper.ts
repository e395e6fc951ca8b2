/** What a printer has made of the bytes it was sent: the paper as it lies in the tray. Plain data for the window. */
export interface PrintedPaper {
  /** Characters of normal width a line holds. */
  readonly columns: number
  readonly items: readonly PrintedItem[]
  /** What was wrong with the bytes. Empty on every paper that Kassa encodes itself. */
  readonly faults: readonly PaperFault[]
}

export type PrintedAlign = 'left' | 'center' | 'right'

/** Characters of one look. `width` and `height` are multiples of the normal character, 1 to 8. */
export interface PrintedRun {
  readonly text: string
  readonly bold: boolean
  readonly underlined: boolean
  readonly inverted: boolean
  readonly width: number
  readonly height: number
}

export type PrintedItem =
  | { readonly kind: 'line'; readonly align: PrintedAlign; readonly runs: readonly PrintedRun[] }
  | {
      readonly kind: 'barcode'
      readonly align: PrintedAlign
      readonly symbology: 'code128'
      readonly data: string
      /** Start, data and set switches as sent, without check character and stop: what the bars are drawn from. */
      readonly symbols: readonly number[]
      readonly moduleDots: number
      readonly heightDots: number
      readonly readable: 'none' | 'above' | 'below' | 'both'
    }
  | {
      readonly kind: 'qr'
      readonly align: PrintedAlign
      readonly data: string
      readonly moduleDots: number
      readonly level: 'L' | 'M' | 'Q' | 'H'
    }
  | { readonly kind: 'cut'; readonly partial: boolean }
  | { readonly kind: 'drawerPulse'; readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number }

export type PaperFaultKind =
  | 'unknownCommand'
  | 'badParameter'
  | 'incomplete'
  | 'badBarcode'
  | 'badQr'
  | 'unknownCharacter'
  | 'lineTooLong'
  | 'notAtLineStart'
  | 'neverPrinted'

/** A fault in the bytes, `offset` bytes from the beginning. */
export interface PaperFault {
  readonly offset: number
  readonly kind: PaperFaultKind
  readonly detail: string
}

/** The text lines of the paper, trailing spaces cut; bar codes, QR codes and cuts leave no line. */
export function printedLines(paper: PrintedPaper): string[] {
  return paper.items.flatMap((item) =>
    item.kind === 'line'
      ? [
          item.runs
            .map((run) => run.text)
            .join('')
            .trimEnd(),
        ]
      : [],
  )
}

/** The same for a terminal, where every character has one width: wide text keeps its ends where the paper has them. */
export function terminalLines(paper: PrintedPaper): string[] {
  return paper.items.flatMap((item) => (item.kind === 'line' ? [terminalLine(item.runs)] : []))
}

function terminalLine(runs: readonly PrintedRun[]): string {
  const text = runs.map((run) => run.text).join('')
  const cells = runs.reduce((sum, run) => sum + run.text.length * run.width, 0)
  const missing = cells - text.length
  const gap = / {2,}/.exec(text.trimStart())?.[0]
  if (gap === undefined) return `${' '.repeat(missing / 2)}${text}`.trimEnd()
  return text.replace(gap, gap + ' '.repeat(missing)).trimEnd()
}
