import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { useWords } from '../../components/words-context.tsx'
import { isUpdateAddress, type AboutView, type ProgramSettings } from '../../contract/program.ts'
import { saveText } from '../save-text.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useAnswer, useRun, useShop } from '../shop.tsx'
import { TroubleNotice } from '../trouble-notice.tsx'
import { tell } from '../ui-store.ts'
import { useLive } from '../use-live.ts'
import { useTimes } from '../times.ts'

/** The program itself: how its window behaves, new versions, and what helps those who help. */
function ProgramScreen() {
  const { program } = useWords()
  const { pos } = useShop()
  const [saves, setSaves] = useState(0)
  const about = useAnswer(`about ${saves}`, () => pos.program.about())?.answer ?? null
  const onSaved = () => setSaves((now) => now + 1)
  return (
    <ScreenFrame title={program.title} className="program">
      {about !== null && (
        <>
          <div className="program-part scrolls">
            <WindowPart about={about} onSaved={onSaved} />
            <UpdatePart key={about.settings.updateAddress} about={about} onSaved={onSaved} />
          </div>
          <div className="program-part scrolls">
            <AboutPart about={about} />
            <SupportPart />
            {about.shell === 'electron' && <ToKioskPart />}
          </div>
        </>
      )}
    </ScreenFrame>
  )
}

interface PartProps {
  readonly about: AboutView
  readonly onSaved: () => void
}

type Switch = 'fullScreen' | 'startWithComputer' | 'customerDisplay'
const switches: Readonly<Record<AboutView['shell'], readonly Switch[]>> = {
  electron: ['fullScreen', 'startWithComputer', 'customerDisplay'],
  kiosk: ['fullScreen'],
}

function WindowPart({ about, onSaved }: PartProps) {
  const words = useWords()
  const { program } = words
  const { busy, save } = useSave(about, onSaved)
  return (
    <section aria-label={program.window}>
      <h2>{program.window}</h2>
      {about.shell === 'kiosk' && <p>{program.windowKiosk}</p>}
      {switches[about.shell].map((name) => (
        <Button
          key={name}
          label={program[name]}
          kind="quiet"
          className="switch program-switch"
          pressed={about.settings[name]}
          busy={busy === name}
          onPress={() => void save(name, { [name]: !about.settings[name] })}
        >
          <span className="label">
            {program[name]}
            <small>{program[`${name}Long`]}</small>
          </span>
          <strong>{about.settings[name] ? words.menu.on : words.menu.off}</strong>
        </Button>
      ))}
      <EndButton />
    </section>
  )
}

function EndButton() {
  const { program } = useWords()
  const { pos } = useShop()
  const { busy, run } = useRun()
  return (
    <>
      <p className="soft">{program.endLong}</p>
      <Button
        label={program.end}
        icon="leave"
        busy={busy !== null}
        onPress={() => void run('end', () => pos.program.end())}
      />
    </>
  )
}

function UpdatePart({ about, onSaved }: PartProps) {
  const words = useWords()
  const { program } = words
  const { busy, save } = useSave(about, onSaved)
  const [address, setAddress] = useState(about.settings.updateAddress)
  const isWrong = address !== '' && !isUpdateAddress(address)
  if (about.shell === 'kiosk')
    return (
      <section aria-label={program.updates}>
        <h2>{program.updates}</h2>
        <p>{program.updatesKiosk}</p>
      </section>
    )
  return (
    <section aria-label={program.updates}>
      <h2>{program.updates}</h2>
      {about.updateAddressGiven ? (
        <p>{program.updateAddressGiven}</p>
      ) : (
        <>
          <Field
            label={program.updateAddress}
            value={address}
            maxLength={300}
            placeholder="https://"
            note={program.updateAddressLong}
            fault={isWrong ? program.updateAddressFault : null}
            onChange={setAddress}
          />
          <Button
            label={words.save}
            busy={busy === 'updateAddress'}
            reason={isWrong ? program.updateAddressFault : null}
            onPress={() => void save('updateAddress', { updateAddress: address.trim() })}
          />
        </>
      )}
      <UpdateState />
    </section>
  )
}

function UpdateState() {
  const words = useWords()
  const times = useTimes()
  const { program } = words
  const { pos } = useShop()
  const { busy, trouble, run } = useRun()
  const update = useLive(
    () => pos.program.update(),
    (listener) => pos.program.onUpdateChanged(listener),
  )
  if (update === null) return null
  const { state, version, percent, lastCheckAtMs, waitsFor, problem } = update
  const time = lastCheckAtMs === null ? '' : times.clock(lastCheckAtMs)
  return (
    <>
      <Notice
        tone={state === 'ready' || state === 'newest' ? 'good' : 'plain'}
        title={program.state[state]}
        live
      >
        {version !== null && <p>{program.found(version)}</p>}
        {state === 'downloading' && <p>{program.percent(percent)}</p>}
        {state === 'newest' && time !== '' && <p>{program.lastCheck(time)}</p>}
        {waitsFor !== null && <p>{program.waitsFor[waitsFor]}</p>}
        {state === 'ready' && waitsFor === null && <p>{program.onQuit}</p>}
      </Notice>
      {problem !== null && (
        <Notice tone="attention" title={program.updateTrouble}>
          <p>{problem}</p>
        </Notice>
      )}
      <TroubleNotice trouble={trouble} />
      {state !== 'off' && (
        <div className="program-actions">
          <Button
            label={program.check}
            busy={busy === 'check' || state === 'checking'}
            onPress={() => void run('check', () => pos.program.checkForUpdate(), { quiet: true })}
          />
          {state === 'ready' && (
            <Button
              label={program.install}
              kind="strong"
              busy={busy === 'install'}
              onPress={() => void run('install', () => pos.program.installUpdate(), { quiet: true })}
            />
          )}
        </div>
      )}
    </>
  )
}

function AboutPart({ about }: { readonly about: AboutView }) {
  const { program } = useWords()
  const { pos } = useShop()
  const [isOpen, setOpen] = useState(false)
  const licences = useAnswer(isOpen ? 'licences' : null, () => pos.program.licences())?.answer ?? null
  return (
    <section aria-label={program.about}>
      <h2>{program.about}</h2>
      <p className="program-version">{program.version(about.version)}</p>
      <p className="soft">{about.runsOn}</p>
      <Button label={program.licences} pressed={isOpen} onPress={() => setOpen(!isOpen)} />
      {isOpen && licences !== null && (
        <>
          <p className="soft">{licences === '' ? program.noLicences : program.licencesLong}</p>
          {licences !== '' && (
            <pre className="program-licences" tabIndex={0} aria-label={program.licences}>
              {licences}
            </pre>
          )}
        </>
      )}
    </section>
  )
}

function SupportPart() {
  const { program } = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const make = async () => {
    const made = await run('bundle', () => pos.program.supportBundle())
    if (made === null) return
    saveText(made.file.name, made.file.text, 'text/plain')
    tell(ui, 'good', program.supportSaved(made.file.name))
  }
  return (
    <section aria-label={program.support}>
      <h2>{program.support}</h2>
      <p className="soft">{program.supportLong}</p>
      <Button label={program.support} busy={busy !== null} onPress={() => void make()} />
    </section>
  )
}

function ToKioskPart() {
  const { program } = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const prepare = async () => {
    if ((await run('toKiosk', () => pos.program.prepareForKiosk())) !== null)
      tell(ui, 'good', program.toKioskDone)
  }
  return (
    <section aria-label={program.toKiosk}>
      <h2>{program.toKiosk}</h2>
      <p className="soft">{program.toKioskLong}</p>
      <Button label={program.toKiosk} busy={busy !== null} onPress={() => void prepare()} />
    </section>
  )
}

/** Saves all settings with a few of them changed. */
function useSave({ settings }: AboutView, onSaved: () => void) {
  const { program } = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const save = async (name: string, change: Partial<ProgramSettings>) => {
    if ((await run(name, () => pos.program.saveSettings({ ...settings, ...change }))) === null) return
    onSaved()
    tell(ui, 'good', program.saved)
  }
  return { busy, save }
}

export const programScreen: Screen = {
  id: 'program',
  place: 'elsewhere',
  icon: 'gear',
  title: (words) => words.program.title,
  view: ProgramScreen,
  menu: 'configuration',
}
