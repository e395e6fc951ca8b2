import { useEffect, useRef } from 'react'
import { useShop, useTill } from '../shop.tsx'
import { closeDialog, openDialog } from '../ui-store.ts'

/** Whenever the till takes up a slip, whether scanned, typed or to be verified anew, its dialog opens; and it closes with it. */
export function useSlipDialog(): void {
  const { ui } = useShop()
  const currentId = useTill(({ slips }) => slips?.current?.id ?? null)
  const before = useRef<string | null>(null)
  useEffect(() => {
    const wasOpen = before.current !== null
    before.current = currentId
    const isSlip = ui.getState().dialog?.kind === 'slip'
    if (currentId !== null && !isSlip) openDialog(ui, { kind: 'slip' })
    if (currentId === null && wasOpen && isSlip) closeDialog(ui)
  }, [currentId, ui])
}
