import { useEffect, useEffectEvent, useState } from 'react'
import { asked, isUnanswered } from './ask.ts'
import { useTill } from './shop.tsx'

/**
 * Something of the till that only this part of the window follows: asked once, heard from then on, and asked again
 * after a lost connection. Null until it is known.
 */
export function useLive<T>(
  current: () => Promise<T>,
  onChanged: (listener: (now: T) => void) => () => void,
): T | null {
  const connection = useTill((state) => state.connection)
  const [now, setNow] = useState<T | null>(null)
  const ask = useEffectEvent(() => asked(current))
  const listen = useEffectEvent(onChanged)
  useEffect(() => {
    if (connection !== 'up') return
    const life = { ended: false, heard: false }
    const stop = listen((news) => {
      life.heard = true
      setNow(() => news)
    })
    const first = async () => {
      const answer = await ask()
      if (!life.ended && !life.heard && !isUnanswered(answer)) setNow(() => answer)
    }
    void first()
    return () => {
      life.ended = true
      stop()
    }
  }, [connection])
  return now
}
