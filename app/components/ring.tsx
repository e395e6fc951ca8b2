/** How much of a time is left, 0 to 1, as a ring around its text. The text says the same in words. */
export function Ring(props: {
  readonly fraction: number
  readonly tone: 'calm' | 'late' | 'over'
  readonly digits: string
  readonly caption: string
  readonly label: string
}) {
  const radius = 66
  const around = 2 * Math.PI * radius
  return (
    <div className="ring" data-tone={props.tone} role="timer" aria-label={props.label}>
      <svg viewBox="0 0 152 152" aria-hidden="true">
        <circle className="ring-track" cx="76" cy="76" r={radius} />
        <circle
          className="ring-left"
          cx="76"
          cy="76"
          r={radius}
          strokeDasharray={around}
          strokeDashoffset={around * (1 - props.fraction)}
          transform="rotate(-90 76 76)"
        />
      </svg>
      <div className="ring-text" aria-hidden="true">
        <span className="ring-digits">{props.digits}</span>
        <span className="ring-caption">{props.caption}</span>
      </div>
    </div>
  )
}
