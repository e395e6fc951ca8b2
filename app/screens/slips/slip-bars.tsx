import { code128Modules } from '../../domain/code128.ts'

const quietModules = 10

/** A bar code in Code 128, drawn in whole modules so that a scanner reads it off the screen. */
export function SlipBars({ data, label }: { readonly data: string; readonly label: string }) {
  const modules = code128Modules(data) ?? []
  const width = modules.length + 2 * quietModules
  return (
    <svg
      className="slip-bars"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} 40`}
      preserveAspectRatio="none"
      shapeRendering="crispEdges"
    >
      <path d={modules.map((isBlack, at) => (isBlack ? `M${at + quietModules} 0h1v40h-1z` : '')).join('')} />
    </svg>
  )
}
