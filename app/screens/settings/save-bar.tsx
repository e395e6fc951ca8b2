import type { ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { useWords } from '../../components/words-context.tsx'
import { useRefused, type Running } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'

/** The foot of each part of the settings: whether something is unsaved, what went wrong, and Save. */
export function SaveBar(props: {
  readonly isChanged: boolean
  readonly running: Running
  readonly onSave: () => void
  readonly children?: ReactNode
}) {
  const words = useWords()
  const refuse = useRefused()
  const says = words.office.settings
  return (
    <footer className="save-bar">
      <TroubleNotice trouble={props.running.trouble} />
      {props.children}
      <p className="soft">{props.isChanged ? says.unsaved : ''}</p>
      <Button
        label={words.save}
        kind="strong"
        large
        busy={props.running.busy !== null}
        reason={props.isChanged ? null : says.nothingChanged}
        onRefused={refuse}
        onPress={props.onSave}
      />
    </footer>
  )
}
