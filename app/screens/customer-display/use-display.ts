import { useEffect, useState } from 'react'
import type { DisplayView } from '../../contract/device-views.ts'
import type { Link } from '../link.ts'

/** All that the customer's window has of the till. */
export interface DisplayLink {
  readonly pos: Pick<Link['pos'], 'display'>
  readonly onConnection: Link['onConnection']
}

export interface DisplayState {
  readonly view: DisplayView | null
  readonly isConnected: boolean
}

/** By asking now and then the window also tells the till that it is there. */
const askEveryMs = 10_000

/** What the till shows the customer, as long as the window lives. */
export function useDisplay({ pos, onConnection }: DisplayLink): DisplayState {
  const [state, setState] = useState<DisplayState>({ view: null, isConnected: false })
  useEffect(() => {
    const life = { ended: false }
    const show = (view: DisplayView) => !life.ended && setState({ view, isConnected: true })
    const ask = () => pos.display.current().then(show, () => {})
    const stops = [
      pos.display.onChanged(show),
      onConnection((isConnected) => {
        if (isConnected) void ask()
        else setState((before) => ({ ...before, isConnected }))
      }),
    ]
    const timer = setInterval(() => void ask(), askEveryMs)
    return () => {
      life.ended = true
      clearInterval(timer)
      for (const stop of stops) stop()
    }
  }, [pos, onConnection])
  return state
}
