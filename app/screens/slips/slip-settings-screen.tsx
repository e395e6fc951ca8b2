import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { SlipSettingsView } from '../../contract/slip-views.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useAnswer, useRun, useShop, useUi } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { openDialog, tell } from '../ui-store.ts'

/** How the till reaches 7-CONNECT, and the merchant accounts that it issues slips for. Keys go in and never come out. */
function SlipSettings() {
  const { slips } = useWords()
  const { pos } = useShop()
  const dialog = useUi((state) => state.dialog)
  const [saves, setSaves] = useState(0)
  const question = `${saves} ${dialog === null ? 'open' : 'covered'}`
  const settings = useAnswer(question, () => pos.slip.settings())?.answer ?? null
  return (
    <ScreenFrame title={slips.settings} className="slip-settings">
      {settings !== null && (
        <>
          <StoreForm settings={settings} onSaved={() => setSaves((now) => now + 1)} />
          <Accounts settings={settings} onSaved={() => setSaves((now) => now + 1)} />
        </>
      )}
    </ScreenFrame>
  )
}

interface PartProps {
  readonly settings: SlipSettingsView
  readonly onSaved: () => void
}

function StoreForm({ settings, onSaved }: PartProps) {
  const words = useWords()
  const { slips } = words
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const { baseUrl, storeID, pos: till, timeZone } = settings
  const [form, setForm] = useState({ baseUrl, storeID, storeKey: '', pos: till, timeZone })
  const [isTried, setTried] = useState(false)
  const set = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }))
  const field = trouble?.reason === 'invalid' ? trouble.field : null
  const save = async () => {
    setTried(true)
    if (!settings.given && form.storeID.trim() === '') return
    if ((await run('save', () => pos.slip.saveSettings(form), { quiet: true })) === null) return
    set({ storeKey: '' })
    onSaved()
    tell(ui, 'good', slips.saved)
  }
  return (
    <section className="slip-settings-form scrolls" aria-label={slips.settings}>
      <p>{slips.settingsLong}</p>
      {settings.given ? (
        <>
          <Notice tone="plain">{slips.given}</Notice>
          <dl className="slip-details">
            <dt>{slips.baseUrl}</dt>
            <dd>{baseUrl}</dd>
            <dt>{slips.storeID}</dt>
            <dd>{storeID}</dd>
          </dl>
        </>
      ) : (
        <>
          <Field
            label={slips.baseUrl}
            value={form.baseUrl}
            maxLength={300}
            placeholder="https://"
            first
            fault={field === 'baseUrl' ? slips.baseUrlFault : null}
            onChange={(text) => set({ baseUrl: text })}
          />
          <div className="two-columns">
            <Field
              label={slips.storeID}
              value={form.storeID}
              maxLength={40}
              fault={isTried && form.storeID.trim() === '' ? slips.needed : null}
              onChange={(text) => set({ storeID: text })}
            />
            <Field
              label={slips.storeKey}
              type="password"
              value={form.storeKey}
              note={settings.hasStoreKey ? slips.keyKept : ''}
              fault={field === 'storeKey' ? slips.keyMissing : null}
              onChange={(text) => set({ storeKey: text })}
            />
          </div>
        </>
      )}
      <div className="two-columns">
        <Field
          label={slips.pos}
          value={form.pos}
          note={slips.posLong}
          maxLength={20}
          onChange={(text) => set({ pos: text })}
        />
        <Field
          label={slips.timeZone}
          value={form.timeZone}
          maxLength={64}
          fault={field === 'timeZone' ? slips.timeZoneFault : null}
          onChange={(text) => set({ timeZone: text })}
        />
      </div>
      {field === 'slips' && (
        <Notice tone="bad" live>
          {slips.settingsBusy}
        </Notice>
      )}
      {field === null && <TroubleNotice trouble={trouble} />}
      <Button label={words.save} kind="strong" large busy={busy !== null} onPress={() => void save()} />
    </section>
  )
}

function Accounts({ settings, onSaved }: PartProps) {
  const { slips } = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const remove = async (merchantID: string) => {
    if ((await run(merchantID, () => pos.slip.removeMerchant({ merchantID }))) === null) return
    onSaved()
    tell(ui, 'good', slips.removed)
  }
  return (
    <section className="slip-accounts scrolls" aria-label={slips.accounts}>
      <h2>{slips.accounts}</h2>
      <p className="soft">{slips.accountsLong}</p>
      <ul>
        {settings.merchants.map(({ merchantID, name, given }) => (
          <li key={merchantID}>
            <span>
              <strong>{name}</strong>
              <small>{merchantID}</small>
            </span>
            {!given && (
              <>
                <Button
                  label={`${slips.editAccount}: ${name}`}
                  icon="gear"
                  iconOnly
                  onPress={() => openDialog(ui, { kind: 'slipMerchant', merchant: { merchantID, name } })}
                />
                <Button
                  label={`${slips.removeAccount}: ${name}`}
                  icon="bin"
                  iconOnly
                  busy={busy === merchantID}
                  onPress={() => void remove(merchantID)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      <Button
        label={slips.addAccount}
        icon="plus"
        onPress={() => openDialog(ui, { kind: 'slipMerchant', merchant: null })}
      />
    </section>
  )
}

export const slipSettingsScreen: Screen = {
  id: 'slipSettings',
  place: 'elsewhere',
  icon: 'gear',
  title: (words) => words.slips.settings,
  view: SlipSettings,
  menu: 'configuration',
}
