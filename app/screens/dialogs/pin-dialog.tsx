import { useState } from 'react'
import { Layer } from '../../components/layer.tsx'
import { PinPad } from '../../components/pin-pad.tsx'
import { useWords } from '../../components/words-context.tsx'
import { troubleSentence } from '../../words/sentences.ts'
import { practicePins } from '../practice.ts'
import { useRun, useShop, useTill } from '../shop.tsx'
import type { PinRequest } from '../ui-store.ts'

/** An administrator lends the till their rights for a while. */
export function PinDialog({ request }: { readonly request: PinRequest }) {
  const words = useWords()
  const { pos } = useShop()
  const { busy, trouble, run } = useRun()
  const [count, setCount] = useState(0)
  const isPractice = useTill(({ till }) => till?.sandbox === true)
  const unlock = async (pin: string) => {
    const done = await run('unlock', () => pos.session.unlock({ pin }), { quiet: true })
    if (done === null) setCount((now) => now + 1)
    else request.answer(true)
  }
  return (
    <Layer title={words.pin.title} onBack={() => request.answer(false)} size="small" className="pin-dialog">
      <p>
        {request.permission === 'administrator'
          ? words.pin.whyThis
          : words.pin.why(words.permission[request.permission])}
      </p>
      <PinPad
        key={count}
        label={words.pin.enter}
        button={words.pin.unlock}
        busy={busy !== null}
        fault={trouble === null ? null : troubleSentence(words, trouble).says}
        onPin={(pin) => void unlock(pin)}
      />
      <p className="soft">
        {isPractice
          ? words.signIn.practice(practicePins.cashier, practicePins.administrator)
          : words.pin.stays}
      </p>
    </Layer>
  )
}
