/** What the sticker on the counter looks like: which of the two codes is which. Drawn, not scannable. */
export function StickerPicture({
  seqrId,
  label,
}: {
  readonly seqrId: string | null
  readonly label: string
}) {
  const bars = [2, 1, 1, 3, 1, 2, 3, 1, 1, 2, 2, 1, 3, 1, 1, 2, 1, 3, 2, 1, 1, 2, 3, 1, 2, 1]
  const starts = bars.map((_, index) => bars.slice(0, index).reduce((sum, width) => sum + width, 0))
  return (
    <svg className="sticker-picture" viewBox="0 0 220 260" role="img" aria-label={label}>
      <rect x="2" y="2" width="216" height="256" rx="18" className="sticker-ground" />
      <text x="110" y="40" textAnchor="middle" className="sticker-name">
        SEQR
      </text>
      <g transform="translate(60 54)" className="sticker-ink">
        {[
          [0, 0],
          [72, 0],
          [0, 72],
        ].map(([x, y]) => (
          <g key={`${x}-${y}`} transform={`translate(${x} ${y})`}>
            <path d="M0 0h28v28H0zM4 4v20h20V4z" fillRule="evenodd" />
            <rect x="9" y="9" width="10" height="10" />
          </g>
        ))}
        <path d="M36 0h6v6h-6zM48 4h6v8h-6zM60 12h6v6h-6zM36 14h8v6h-8zM50 22h10v6H50zM0 36h6v6H0zM12 40h8v6h-8zM26 36h6v10h-6zM38 34h10v6H38zM54 36h6v6h-6zM66 38h8v8h-8zM82 34h6v6h-6zM92 42h8v6h-8zM4 54h8v6H4zM20 56h6v6h-6zM36 50h6v10h-6zM48 48h6v6h-6zM60 54h10v6H60zM78 54h6v10h-6zM90 56h10v6H90zM36 70h10v6H36zM52 66h6v10h-6zM64 70h6v6h-6zM76 74h10v6H76zM92 70h8v6h-8zM36 86h6v6h-6zM48 84h10v6H48zM64 82h6v10h-6zM78 90h6v10h-6zM90 84h6v6h-6zM42 94h8v6h-8zM60 94h6v6h-6zM92 94h8v6h-8z" />
      </g>
      <g transform="translate(46 172)" className="sticker-ink">
        {bars.map((width, index) =>
          index % 2 === 0 ? (
            <rect key={starts[index]} x={(starts[index] ?? 0) * 3} width={width * 3} height="36" />
          ) : null,
        )}
      </g>
      <text x="110" y="234" textAnchor="middle" className="sticker-number">
        {seqrId ?? '············'}
      </text>
    </svg>
  )
}
