import { useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Switch, Tabs } from '../../components/choose.tsx'
import { Field } from '../../components/field.tsx'
import { Layer } from '../../components/layer.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { Permission, UserView } from '../../contract/views.ts'
import { useRun, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { closeDialog, edited, tell } from '../ui-store.ts'
import { isPin, onlyDigits, permissions } from './person-form.ts'

/** One person: name, role, what a cashier may do, and a new PIN. */
export function PersonDialog({ person }: { readonly person: UserView | null }) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, trouble, run } = useRun()
  const [form, setForm] = useState({
    name: person?.name ?? '',
    role: person?.role ?? 'cashier',
    active: person?.active ?? true,
    may: new Set<Permission>(
      person?.permissions ?? ['discount', 'cancelReceipt', 'cashMovement', 'closeShift'],
    ),
    pin: '',
  })
  const [isTried, setTried] = useState(false)
  const set = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }))
  const says = words.office.people
  const needsPin = person === null
  const faults = {
    name: form.name.trim() === '' ? words.signIn.nameMissing : null,
    pin: (needsPin || form.pin !== '') && !isPin(form.pin) ? says.pinTooShort : null,
  }
  const save = async (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (faults.name !== null || faults.pin !== null) return
    const input = {
      id: person?.id ?? null,
      name: form.name.trim(),
      role: form.role,
      permissions: [...form.may],
      active: form.active,
      pin: form.pin === '' ? null : form.pin,
    }
    if ((await run('save', () => pos.session.saveUser(input), { quiet: true })) === null) return
    edited(ui)
    closeDialog(ui)
    tell(ui, 'good', says.saved(input.name))
  }
  const toggle = (permission: Permission, isOn: boolean) => {
    const may = new Set(form.may)
    if (isOn) may.add(permission)
    else may.delete(permission)
    set({ may })
  }
  return (
    <Layer
      title={person === null ? says.add : says.edit(person.name)}
      onBack={() => closeDialog(ui)}
      size="large"
      footer={
        <Button label={words.save} kind="strong" large busy={busy !== null} onPress={() => void save()} />
      }
    >
      <form className="person-form" onSubmit={(event) => void save(event)}>
        <div className="stack">
          <Field
            label={says.name}
            value={form.name}
            maxLength={40}
            first
            fault={isTried ? faults.name : null}
            onChange={(name) => set({ name })}
          />
          <Tabs
            label={says.role}
            value={form.role}
            options={[
              { value: 'cashier', label: words.signIn.cashier },
              { value: 'administrator', label: words.signIn.administrator },
            ]}
            onChange={(role) => set({ role })}
          />
          <Field
            label={says.pin}
            type="password"
            digitsOnly
            value={form.pin}
            maxLength={12}
            note={needsPin ? says.pinNew : says.pinKept}
            fault={isTried ? faults.pin : null}
            onChange={(pin) => set({ pin: onlyDigits(pin) })}
          />
          <Switch label={says.active} isOn={form.active} onChange={(active) => set({ active })} />
          <TroubleNotice trouble={trouble} />
        </div>
        <fieldset className="person-may">
          <legend>{says.may}</legend>
          {form.role === 'administrator' ? (
            <p className="soft">{says.mayAll}</p>
          ) : (
            permissions.map((permission) => (
              <Switch
                key={permission}
                label={words.permission[permission]}
                note={says.permissionLong[permission]}
                isOn={form.may.has(permission)}
                onChange={(isOn) => toggle(permission, isOn)}
              />
            ))
          )}
        </fieldset>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Layer>
  )
}
