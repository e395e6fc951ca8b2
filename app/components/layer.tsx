import { useEffect, useId, useRef, useState, type ReactNode, type RefObject } from 'react'
import { Button } from './button.tsx'
import { useWords } from './words-context.tsx'

export interface LayerProps {
  readonly title: string
  readonly children: ReactNode
  /** One step back: the cross, and Esc. Null when there is no way back from here. */
  readonly onBack: (() => void) | null
  readonly size?: 'small' | 'medium' | 'large' | 'side'
  readonly footer?: ReactNode
  readonly className?: string
}

/**
 * A dialog over the screen. The status bar stays free; what lies below is out of reach as long as it is open.
 * The focus goes to the first thing marked `data-first`, else to the dialog itself, and back again at the end.
 */
export function Layer({ title, children, onBack, size = 'medium', footer, className }: LayerProps) {
  const words = useWords()
  const titleId = useId()
  const frame = useRef<HTMLDivElement>(null)
  useFocusInside(frame)
  return (
    <div className="layer" data-size={size}>
      <div
        ref={frame}
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
        className={`dialog ${className ?? ''}`}
      >
        <header className="dialog-head">
          <h2 id={titleId}>{title}</h2>
          {onBack !== null && (
            <Button label={words.close} icon="cross" iconOnly kind="quiet" keyCap="Esc" onPress={onBack} />
          )}
        </header>
        <div className="dialog-body">{children}</div>
        {footer !== undefined && <footer className="dialog-foot">{footer}</footer>}
      </div>
    </div>
  )
}

/** What had the focus before each dialog, also of one that is gone: the dialog in its place gives it back. */
const focusBefore = new WeakMap<Element, Element | null>()

/** Takes the focus in, and gives it back at the end to whatever had it. */
function useFocusInside(frame: RefObject<HTMLDivElement | null>) {
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    const dialog = frame.current
    if (dialog === null) return
    focusBefore.set(dialog, before)
    if (!dialog.contains(document.activeElement))
      (dialog.querySelector<HTMLElement>('[data-first]') ?? dialog).focus()
    return () => {
      // A button of the dialog that came in its place may have taken it already.
      const isTaken = document.activeElement?.closest('[role="dialog"]') != null
      const place = stillThere(before)
      if (!isTaken && place instanceof HTMLElement) place.focus()
    }
  }, [frame, before])
}

function stillThere(place: Element | null): Element | null {
  if (place === null || place.isConnected) return place
  const dialog = place.closest('[role="dialog"]')
  return dialog === null ? null : stillThere(focusBefore.get(dialog) ?? null)
}
