import { Button } from '../../components/button.tsx'
import { Layer } from '../../components/layer.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { useRun, useShop, useTill } from '../shop.tsx'
import { closeDialog, tell } from '../ui-store.ts'

export function UnregisterTerminalDialog() {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const terminal = useTill(({ till }) => till?.seqr.terminal ?? null)
  const unregister = async () => {
    if ((await run('unregister', () => pos.terminal.unregister(), { quiet: true })) === null) return
    closeDialog(ui)
    tell(ui, 'plain', words.terminal.unregistered)
  }
  return (
    <Layer
      title={words.terminal.unregisterTitle}
      onBack={() => closeDialog(ui)}
      size="small"
      footer={
        <>
          <Button label={words.back} large onPress={() => closeDialog(ui)} />
          <Button
            label={words.terminal.unregister}
            kind="danger"
            large
            busy={busy !== null}
            onPress={() => void unregister()}
          />
        </>
      }
    >
      <div className="stack">
        <Notice tone="attention">{words.terminal.unregisterLong}</Notice>
        {terminal !== null && (
          <dl className="facts">
            <div>
              <dt>{words.terminal.terminalName}</dt>
              <dd>{`${terminal.name}, ${terminal.externalId}`}</dd>
            </div>
            <div>
              <dt>{words.terminal.terminalId}</dt>
              <dd className="mono selectable">{terminal.terminalId}</dd>
            </div>
          </dl>
        )}
        <TroubleNotice trouble={trouble} />
      </div>
    </Layer>
  )
}
