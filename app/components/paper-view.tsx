import { encodeQR } from 'qr'
import type { CSSProperties } from 'react'
import { code128Widths } from '../domain/code128.ts'
import { dotsPerColumn } from '../domain/paper.ts'
import type { PrintedItem, PrintedPaper, PrintedRun } from '../domain/printed-paper.ts'
import './paper-view.css'

export interface PaperViewProps {
  readonly paper: PrintedPaper
  /** A stamp across the corner: COPY, PRACTICE. The paper itself does not carry it. */
  readonly mark?: string
  /** Said under a paper whose bytes have faults. */
  readonly faultNote?: string
}

/** A printed paper as it lies in the tray: what the bytes say, and nothing that they don't. */
export function PaperView({ paper, mark, faultNote }: PaperViewProps) {
  const width = { '--paper-columns': paper.columns } as CSSProperties
  return (
    <div className="paper" style={width}>
      {sheetsOf(paper.items).map((items, index) => (
        <Sheet key={index} items={items} mark={index === 0 ? mark : undefined} />
      ))}
      {paper.faults.length > 0 && (
        <p className="paper-faults" role="alert">
          {[faultNote, ...paper.faults.map(({ kind, offset }) => `${kind} @ ${offset}`)].join(' ')}
        </p>
      )}
    </div>
  )
}

function Sheet({
  items,
  mark,
}: {
  readonly items: readonly PrintedItem[]
  readonly mark: string | undefined
}) {
  return (
    <div className="paper-shadow">
      <div className="paper-sheet">
        {mark !== undefined && <div className="paper-mark">{mark}</div>}
        {items.map((item, index) => (
          <Item key={index} item={item} />
        ))}
      </div>
    </div>
  )
}

/** The pieces between the cuts; a piece without print is not shown. */
function sheetsOf(items: readonly PrintedItem[]): PrintedItem[][] {
  const sheets: PrintedItem[][] = [[]]
  for (const item of items) {
    if (item.kind === 'cut') sheets.push([])
    else if (item.kind !== 'drawerPulse') sheets.at(-1)?.push(item)
  }
  return sheets.filter((sheet) => sheet.length > 0)
}

function Item({ item }: { readonly item: PrintedItem }) {
  switch (item.kind) {
    case 'line':
      return <Line line={item} />
    case 'barcode':
      return <Barcode code={item} />
    case 'qr':
      return <QrCode code={item} />
    case 'cut':
    case 'drawerPulse':
      return null
  }
}

function Line({ line }: { readonly line: Extract<PrintedItem, { kind: 'line' }> }) {
  return (
    <div className="paper-line" style={{ textAlign: line.align }}>
      {line.runs.map((run, index) => (
        <span key={index} className={classesOf(run)} style={sizeOf(run)}>
          {run.text}
        </span>
      ))}
    </div>
  )
}

function classesOf(run: PrintedRun): string | undefined {
  const classes = [run.bold && 'is-bold', run.underlined && 'is-underlined', run.inverted && 'is-inverted']
  return classes.filter((each) => each !== false).join(' ') || undefined
}

function sizeOf({ width, height }: PrintedRun): CSSProperties | undefined {
  if (width === 1 && height === 1) return undefined
  const grown = { fontSize: `${width}em` }
  return width === height
    ? grown
    : { ...grown, display: 'inline-block', transform: `scaleY(${height / width})` }
}

// A module is whole pixels wide, or a scanner could not tell one bar from two on the screen.
function modulePixels(moduleDots: number): string {
  return `max(1px, round(down, ${moduleDots / dotsPerColumn} * 1ch, 1px))`
}

const dotsPerLine = 30

function Barcode({ code }: { readonly code: Extract<PrintedItem, { kind: 'barcode' }> }) {
  const widths = code128Widths(code.symbols)
  const modules = widths.reduce((sum, width) => sum + width, 0)
  const size = {
    width: `calc(${modulePixels(code.moduleDots)} * ${modules})`,
    height: `${code.heightDots / dotsPerLine}lh`,
  }
  const readable = <div className="paper-line">{code.data}</div>
  return (
    <div className="paper-code" style={{ textAlign: code.align }}>
      {(code.readable === 'above' || code.readable === 'both') && readable}
      <svg
        role="img"
        aria-label={`Code 128 ${code.data}`}
        viewBox={`0 0 ${modules} 1`}
        preserveAspectRatio="none"
        shapeRendering="crispEdges"
        style={size}
      >
        <path d={barsOf(widths)} />
      </svg>
      {(code.readable === 'below' || code.readable === 'both') && readable}
    </div>
  )
}

function barsOf(widths: readonly number[]): string {
  let left = 0
  return widths
    .map((width, index) => {
      const bar = index % 2 === 0 ? `M${left} 0h${width}v1h-${width}z` : ''
      left += width
      return bar
    })
    .join('')
}

const levels = { L: 'low', M: 'medium', Q: 'quartile', H: 'high' } as const

function QrCode({ code }: { readonly code: Extract<PrintedItem, { kind: 'qr' }> }) {
  const rows = encodeQR(code.data, 'raw', { ecc: levels[code.level], border: 1 })
  const side = `calc(${modulePixels(code.moduleDots)} * ${rows.length})`
  return (
    <div className="paper-code" style={{ textAlign: code.align }}>
      <svg
        role="img"
        aria-label={`QR ${code.data}`}
        viewBox={`0 0 ${rows.length} ${rows.length}`}
        shapeRendering="crispEdges"
        style={{ width: side, height: side }}
      >
        <path d={rows.map(blackRuns).join('')} />
      </svg>
    </div>
  )
}

function blackRuns(row: readonly boolean[], y: number): string {
  return row.map((isBlack, x) => (isBlack ? `M${x} ${y}h1v1h-1z` : '')).join('')
}
