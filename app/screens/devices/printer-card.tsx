import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { DevicesView, FoundDevices } from '../../contract/device-views.ts'
import type { PrinterProfileName } from '../../domain/printer-profile.ts'
import { printerProfiles } from '../../domain/printer-profile.ts'
import type { Words } from '../../words/en.ts'
import { printerNote } from '../printer-notes.tsx'
import { useRun, useShop, useTill } from '../shop.tsx'
import { tell } from '../ui-store.ts'
import { DeviceCard, DeviceState } from './device-card.tsx'
import { SelectField } from './select-field.tsx'

type Profile = PrinterProfileName | 'byWidth'

const profileNames = Object.keys(printerProfiles) as PrinterProfileName[]

/** The receipt printer: how it is, where it is, what it understands, and a print that shows whether that is right. */
export function PrinterCard(props: { readonly view: DevicesView; readonly found: FoundDevices | null }) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const { settings, printer } = props.view
  const [typed, setTyped] = useState<string | null>(null)
  const [chosen, choose] = useState<Profile | null>(null)
  const address = typed ?? printer.address.address
  const profile = chosen ?? settings.printer.profile ?? 'byWidth'
  const says = words.devices
  const save = async () => {
    const done = await run('save', async () => {
      const saved = await pos.settings.savePrinter({ address: address.trim() })
      if (!saved.ok) return saved
      const named = profile === 'byWidth' ? null : profile
      return pos.devices.save({ ...settings, printer: { ...settings.printer, profile: named } })
    })
    if (done === null) return
    setTyped(null)
    choose(null)
    tell(ui, 'good', says.saved)
  }
  const test = async () => {
    if ((await run('test', () => pos.devices.testPrint())) !== null) tell(ui, 'good', says.testPrintDone)
  }
  return (
    <DeviceCard title={says.printer} icon="printer">
      <PrinterState view={props.view} />
      <Field
        label={says.address}
        value={address}
        maxLength={200}
        note={printer.address.fixedBy === null ? says.addressLong : says.fixedBy(printer.address.fixedBy)}
        onChange={setTyped}
      />
      <FoundPrinters words={words} found={props.found} onChoose={setTyped} />
      <SelectField<Profile>
        label={says.profile}
        value={profile}
        options={[
          { value: 'byWidth', label: `${says.byWidth} (${says.columns(printer.columns)})` },
          ...profileNames.map((name) => ({
            value: name,
            label: `${printerProfiles[name].model} (${says.columns(printerProfiles[name].columns)})`,
          })),
        ]}
        onChange={choose}
      />
      <div className="device-buttons">
        <Button label={says.save} kind="strong" busy={busy === 'save'} onPress={() => void save()} />
        <Button label={says.testPrint} icon="printer" busy={busy === 'test'} onPress={() => void test()} />
      </div>
    </DeviceCard>
  )
}

function PrinterState({ view }: { readonly view: DevicesView }) {
  const words = useWords()
  const printer = useTill(({ till }) => till?.printer ?? null)
  const says = words.devices
  if (printer === null || printer.state === 'none')
    return (
      <DeviceState tone="plain" name={view.printer.address.inUse} state={words.status.printerDetail.none} />
    )
  const name = view.printer.isPractice ? '' : view.printer.address.inUse
  const note = printerNote(words, printer)
  if (note !== null) return <DeviceState tone={note.tone} name={name} state={note.says} detail={note.next} />
  const { status } = view.printer
  if (status === null) return <DeviceState tone="plain" name={name} state={says.state.unknown} />
  const state = status.kind === 'silent' ? says.silent : says.printerReady
  return (
    <DeviceState
      tone="good"
      name={name}
      state={state}
      detail={view.printer.isPractice ? says.practicePrinter : ''}
    />
  )
}

function FoundPrinters(props: {
  readonly words: Words
  readonly found: FoundDevices | null
  readonly onChoose: (address: string) => void
}) {
  const { words, found } = props
  if (found === null) return null
  return (
    <div className="device-found">
      <h3>{words.devices.found}</h3>
      {found.printers.length === 0 && <p className="soft">{words.devices.foundNothing}</p>}
      {found.printers.map(({ address, name }) => (
        <Button
          key={address}
          label={words.devices.use(name)}
          icon="plus"
          onPress={() => props.onChoose(address)}
        />
      ))}
    </div>
  )
}
