import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { MerchantView } from '../../contract/slip-views.ts'
import { useRun, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, tell } from '../ui-store.ts'

/** A merchant account: its id, the name on slips, and its transaction key for the vault. */
export function SlipMerchantDialog({ merchant }: { readonly merchant: MerchantView | null }) {
  const words = useWords()
  const { slips } = words
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const [form, setForm] = useState({
    merchantID: merchant?.merchantID ?? '',
    name: merchant?.name ?? '',
    transactionKey: '',
  })
  const [isTried, setTried] = useState(false)
  const set = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }))
  const needed = (text: string) => (isTried && text.trim() === '' ? slips.needed : null)
  const isKeyMissing = trouble?.reason === 'invalid' && trouble.field === 'transactionKey'
  const save = async () => {
    setTried(true)
    const input = { ...form, merchantID: form.merchantID.trim(), name: form.name.trim() }
    if (input.merchantID === '' || input.name === '') return
    if ((await run('save', () => pos.slip.saveMerchant(input), { quiet: true })) === null) return
    closeDialog(ui)
    tell(ui, 'good', slips.saved)
  }
  return (
    <Layer
      title={merchant === null ? slips.addAccount : slips.editAccount}
      onBack={() => closeDialog(ui)}
      size="small"
      footer={
        <>
          <Button label={words.back} large onPress={() => closeDialog(ui)} />
          <Button label={words.save} kind="strong" large busy={busy !== null} onPress={() => void save()} />
        </>
      }
    >
      <Field
        label={slips.merchantID}
        value={form.merchantID}
        maxLength={15}
        first={merchant === null}
        fault={needed(form.merchantID)}
        onChange={(text) => merchant === null && set({ merchantID: text })}
      />
      <Field
        label={slips.merchantName}
        value={form.name}
        maxLength={60}
        first={merchant !== null}
        fault={needed(form.name)}
        onChange={(text) => set({ name: text })}
      />
      <Field
        label={slips.transactionKey}
        type="password"
        value={form.transactionKey}
        note={merchant === null ? '' : slips.keyKept}
        fault={isKeyMissing ? slips.keyMissing : null}
        onChange={(text) => set({ transactionKey: text })}
      />
      {!isKeyMissing && <TroubleNotice trouble={trouble} />}
    </Layer>
  )
}
