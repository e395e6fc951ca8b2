import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { DevicesView, FoundDevices, ScannerView } from '../../contract/device-views.ts'
import type { DeviceSettings, SerialScannerSettings } from '../../domain/devices.ts'
import type { Words } from '../../words/en.ts'
import { useRun, useShop } from '../shop.tsx'
import { tell } from '../ui-store.ts'
import { DeviceCard, DeviceState } from './device-card.tsx'
import { KeyboardScanner } from './keyboard-scanner.tsx'
import { SelectField } from './select-field.tsx'

type Serial = SerialScannerSettings

const firstSerial: Serial = {
  path: '',
  baudRate: 9600,
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
  terminator: '\r',
  prefix: '',
}

const terminators: readonly { readonly value: Serial['terminator']; readonly label: string }[] = [
  { value: '\r', label: 'CR' },
  { value: '\n', label: 'LF' },
  { value: '\r\n', label: 'CR LF' },
  { value: '\t', label: 'TAB' },
]

const prefixes = [
  { value: '', label: '–' },
  { value: '\u0002', label: 'STX' },
] as const

/** How long the same code counts once, for scanners that go on reading what they see. */
const repeats = [0, 500, 1000, 2000].map(labelled)

const speeds = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200].map(labelled)

function labelled<T extends number>(value: T): { readonly value: T; readonly label: string } {
  return { value, label: String(value) }
}

/** All scanners: those that are followed, and what each needs. */
export function ScannersCard(props: { readonly view: DevicesView; readonly found: FoundDevices | null }) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const { settings, scanners } = props.view
  const says = words.devices
  const saveScanners = async (change: Partial<DeviceSettings['scanners']>) => {
    const next = { ...settings, scanners: { ...settings.scanners, ...change } }
    const done = await run('scanners', () => pos.devices.save(next))
    if (done !== null) tell(ui, 'good', says.saved)
    return done !== null
  }
  const { serial, hid } = settings.scanners
  return (
    <DeviceCard title={says.scanners} icon="scan">
      <DeviceState tone="good" name="" state={says.keyboardScanner} />
      <KeyboardScanner
        settings={settings.scanners.keyboard}
        onChange={(keyboard) => void saveScanners({ keyboard })}
      />
      <div className="device-group">
        <h3>{says.hid}</h3>
        <Button
          label={says.hid}
          pressed={hid}
          busy={busy !== null}
          onPress={() => void saveScanners({ hid: !hid })}
        >
          <span className="label">{hid ? words.menu.on : words.menu.off}</span>
        </Button>
      </div>
      <States words={words} scanners={scanners.filter(({ kind }) => kind === 'hid')} />
      {props.found !== null && <FoundHid words={words} part={props.found.hid} />}
      <div className="device-group">
        <h3>{says.serial}</h3>
        {serial.length === 0 && <span className="soft">{says.noSerial}</span>}
      </div>
      <States words={words} scanners={scanners.filter(({ kind }) => kind === 'serial')} />
      {serial.map(({ path }) => (
        <Button
          key={path}
          label={says.removePort(path)}
          icon="bin"
          onPress={() => void saveScanners({ serial: serial.filter((each) => each.path !== path) })}
        />
      ))}
      <AddSerial
        words={words}
        found={props.found}
        busy={busy !== null}
        onAdd={(added) =>
          saveScanners({ serial: [...serial.filter(({ path }) => path !== added.path), added] })
        }
      />
      <SelectField
        label={says.repeats}
        value={settings.scanners.ignoreRepeatsMs}
        options={repeats}
        onChange={(ignoreRepeatsMs) => void saveScanners({ ignoreRepeatsMs })}
      />
    </DeviceCard>
  )
}

function States({ words, scanners }: { readonly words: Words; readonly scanners: readonly ScannerView[] }) {
  const says = words.devices
  return scanners.map(({ id, kind, name, state, detail }) =>
    id === 'hid' && state === 'absent' ? (
      <DeviceState key={id} tone="plain" name="" state={says.noHid} detail={says.hidLong} />
    ) : (
      <DeviceState
        key={id}
        tone={state === 'ready' ? 'good' : state === 'absent' ? 'attention' : 'bad'}
        name={name}
        state={id === 'hid' && kind === 'hid' ? says.missing : says.state[state]}
        detail={detail}
      />
    ),
  )
}

function FoundHid({ words, part }: { readonly words: Words; readonly part: FoundDevices['hid'] }) {
  if (part.problem === null) return null
  return <DeviceState tone="attention" name="" state={words.devices.missing} detail={part.problem} />
}

function AddSerial(props: {
  readonly words: Words
  readonly found: FoundDevices | null
  readonly busy: boolean
  readonly onAdd: (added: Serial) => Promise<boolean>
}) {
  const { words, found } = props
  const says = words.devices
  const [added, setAdded] = useState(firstSerial)
  const change = (part: Partial<Serial>) => setAdded((before) => ({ ...before, ...part }))
  const add = async () => {
    const path = added.path.trim()
    if (path !== '' && (await props.onAdd({ ...added, path }))) setAdded(firstSerial)
  }
  return (
    <form
      className="device-serial"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      {found !== null && found.ports.problem !== null && (
        <DeviceState tone="attention" name="" state={says.missing} detail={found.ports.problem} />
      )}
      {found?.ports.found.map(({ path, name }) => (
        <Button
          key={path}
          label={says.use(name)}
          icon="plus"
          pressed={added.path === path}
          onPress={() => change({ path })}
        />
      ))}
      <Field label={says.port} value={added.path} maxLength={200} onChange={(path) => change({ path })} />
      <div className="device-serial-row">
        <SelectField
          label={says.baudRate}
          value={added.baudRate}
          options={speeds}
          onChange={(baudRate) => change({ baudRate })}
        />
        <SelectField
          label={says.terminator}
          value={added.terminator}
          options={terminators}
          onChange={(terminator) => change({ terminator })}
        />
        <SelectField
          label={says.prefix}
          value={added.prefix}
          options={prefixes}
          onChange={(prefix) => change({ prefix })}
        />
        <SelectField
          label={says.dataBits}
          value={added.dataBits}
          options={([5, 6, 7, 8] as const).map(labelled)}
          onChange={(dataBits) => change({ dataBits })}
        />
        <SelectField
          label={says.parity}
          value={added.parity}
          options={(['none', 'even', 'odd'] as const).map((value) => ({
            value,
            label: says.parities[value],
          }))}
          onChange={(parity) => change({ parity })}
        />
        <SelectField
          label={says.stopBits}
          value={added.stopBits}
          options={([1, 2] as const).map(labelled)}
          onChange={(stopBits) => change({ stopBits })}
        />
      </div>
      <Button label={says.addTyped} icon="plus" type="submit" busy={props.busy} onPress={() => void add()} />
    </form>
  )
}
