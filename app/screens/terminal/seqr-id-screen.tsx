import { useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { afterKey, Keypad } from '../../components/keypad.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import { seqrIdOf } from '../../domain/seqr-invoice.ts'
import { TroubleNotice } from '../trouble-notice.tsx'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useAnswer, useRefused, useRun, useShop, useTill, useUi } from '../shop.tsx'
import { tell } from '../ui-store.ts'
import { StickerPicture } from './sticker-picture.tsx'

/** Which sticker stands on this counter: typed, or scanned from its bar code or QR code. */
function SeqrIdRegistration() {
  const words = useWords()
  const { pos, ui, play } = useShop()
  const { busy, trouble, run, clear } = useRun()
  const refuse = useRefused()
  const seqr = useTill(({ till }) => till?.seqr ?? null)
  const scanned = useUi((state) => state.scannedSeqrId)
  const [typed, setTyped] = useState({ text: '', afterScan: scanned.count })
  const [isTried, setTried] = useState(false)
  const hint = useAnswer('suggestion', () => pos.terminal.suggestion())?.answer.seqrIdHint ?? ''
  const text = typed.afterScan === scanned.count ? typed.text : scanned.text
  const setText = (now: string) => setTyped({ text: now, afterScan: scanned.count })
  const read = seqrIdOf(text)
  const isRegistered = seqr !== null && seqr.terminal !== null
  const assign = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (!read.ok) return
    const done = await run('assign', () => pos.terminal.assign({ text: text.trim() }), { quiet: true })
    if (done === null) return
    setTried(false)
    setText('')
    play('found')
    tell(ui, 'good', words.seqrId.assigned(done.seqrId))
  }
  return (
    <ScreenFrame title={words.seqrId.title} className="seqr-id">
      <form className="seqr-id-form" onSubmit={(event) => void assign(event)}>
        <p>{words.seqrId.long}</p>
        <Field
          label={words.seqrId.label}
          value={text}
          first
          maxLength={128}
          fault={isTried && !read.ok ? words.seqrId.fault[read.reason] : null}
          onChange={(now) => {
            setText(now)
            clear()
          }}
        />
        {trouble?.reason === 'service' && trouble.code === 53 ? (
          <Notice tone="bad" live>
            {words.seqrId.taken}
          </Notice>
        ) : (
          <TroubleNotice trouble={trouble} />
        )}
        <Button
          label={busy === null ? words.seqrId.assign : words.seqrId.assigning}
          kind="strong"
          large
          type="submit"
          busy={busy !== null}
          reason={isRegistered ? null : words.seqrId.needsTerminal}
          onRefused={refuse}
          onPress={() => void assign()}
        />
        <Keypad whole onKey={(key) => setText(afterKey({ text, fresh: false }, key).text)} />
        {!isRegistered && <Notice tone="attention">{words.seqrId.needsTerminal}</Notice>}
      </form>
      <aside className="seqr-id-now">
        <StickerPicture seqrId={seqr?.seqrId ?? null} label={words.seqrId.example} />
        <p>
          <span>{words.seqrId.current}</span>
          <strong className="mono selectable">{seqr?.seqrId ?? words.seqrId.none}</strong>
        </p>
        {hint !== '' && (
          <Button label={words.seqrId.practiceSticker(hint)} icon="scan" onPress={() => setText(hint)} />
        )}
      </aside>
    </ScreenFrame>
  )
}

export const seqrIdScreen: Screen = {
  id: 'seqrIdRegistration',
  place: 'seqrIdRegistration',
  icon: 'sticker',
  title: (words) => words.menu.seqrIdRegistration,
  view: SeqrIdRegistration,
  menu: 'configuration',
}
