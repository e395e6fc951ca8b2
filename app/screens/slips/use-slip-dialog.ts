import { useEffect, useRef } from 'react'
import { useShop, useTill } from '../shop.tsx'
import { closeDialog, openDialog } from '../ui-store.ts'

/** Whenever the till takes up a slip, whether scanned, typed or to be verified anew, its dialog opens; and it closes with it. */
export function useSlipDialog(): void {
  const { ui } = useShop()
  const currentId = useTill(({ slips }) => slips?.current?.id ?? null)
  const before = useRef<string | null>(null)
  useEffect(() => {
    const lastId = before.current
    before.current = currentId
    if (currentId !== null) return openDialog(ui, { kind: 'slip', slipId: currentId })
    // A dialog that was opened for the next slip meanwhile stays.
    const { dialog } = ui.getState()
    if (dialog?.kind === 'slip' && dialog.slipId !== null && dialog.slipId === lastId) closeDialog(ui)
  }, [currentId, ui])
}
