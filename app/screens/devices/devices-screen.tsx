import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { useWords } from '../../components/words-context.tsx'
import type { DevicesView, FoundDevices } from '../../contract/device-views.ts'
import { canOpenDisplay, openDisplayWindow } from '../open-display.ts'
import type { Screen } from '../screen.ts'
import { ScreenFrame } from '../screen-frame.tsx'
import { useNow, useRun, useShop } from '../shop.tsx'
import { tell } from '../ui-store.ts'
import { useLive } from '../use-live.ts'
import { DeviceCard, DeviceState } from './device-card.tsx'
import { PrinterCard } from './printer-card.tsx'
import { ScannersCard } from './scanners-card.tsx'
import { ScanTestCard } from './scan-test-card.tsx'
import { SelectField } from './select-field.tsx'

/** What hangs on this till: how each device is, what there is to choose from, and a test for each. */
function Devices() {
  const words = useWords()
  const { pos } = useShop()
  const { busy, run } = useRun()
  const view = useLive(() => pos.devices.current(), pos.devices.onChanged)
  const [found, setFound] = useState<FoundDevices | null>(null)
  const find = async () => {
    const done = await run('find', () => pos.devices.find())
    if (done !== null) setFound(done.found)
  }
  return (
    <ScreenFrame title={words.devices.title} className="devices">
      {view !== null && (
        <div className="device-columns scrolls">
          <div className="device-column">
            <Button
              label={busy === 'find' ? words.devices.finding : words.devices.find}
              icon="search"
              busy={busy === 'find'}
              onPress={() => void find()}
            />
            <ScanTestCard />
            <ScannersCard view={view} found={found} />
          </div>
          <div className="device-column">
            <PrinterCard view={view} found={found} />
            <DrawerCard view={view} />
            <DisplayCard view={view} />
          </div>
        </div>
      )}
    </ScreenFrame>
  )
}

function DrawerCard({ view }: { readonly view: DevicesView }) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const says = words.devices
  const { settings } = view
  const usePin = async (drawerPin: 2 | 5) => {
    const printer = { ...settings.printer, drawerPin }
    if ((await run('pin', () => pos.devices.save({ ...settings, printer }))) !== null)
      tell(ui, 'good', says.saved)
  }
  const test = async () => {
    if ((await run('test', () => pos.devices.testDrawer())) !== null) tell(ui, 'good', says.testDrawerDone)
  }
  return (
    <DeviceCard title={says.drawer} icon="cash">
      <p className="soft">{says.drawerLong}</p>
      <div className="device-buttons">
        <SelectField<2 | 5>
          label={says.drawerPin}
          value={settings.printer.drawerPin}
          options={[
            { value: 2, label: '2' },
            { value: 5, label: '5' },
          ]}
          onChange={(pin) => void usePin(pin)}
        />
        <Button label={says.testDrawer} icon="cash" busy={busy === 'test'} onPress={() => void test()} />
      </div>
    </DeviceCard>
  )
}

/** A display asks every ten seconds: one that has not asked for longer is gone. */
const goneAfterMs = 25_000

function DisplayCard({ view }: { readonly view: DevicesView }) {
  const words = useWords()
  const { pos, ui } = useShop()
  const { busy, run } = useRun()
  const nowMs = useNow(1000)
  const says = words.devices
  const seen = view.displaySeenAtMs
  const ago = seen === null ? 0 : Math.max(0, Math.floor((nowMs - seen) / 1000))
  const isThere = seen !== null && ago * 1000 < goneAfterMs
  const test = async () => {
    if ((await run('test', () => pos.devices.testDisplay())) !== null) tell(ui, 'good', says.testDisplayDone)
  }
  return (
    <DeviceCard title={says.display} icon="online">
      <DeviceState
        tone={isThere ? 'good' : 'plain'}
        name=""
        state={seen === null ? says.displayNone : says.displaySeen(words.time.ago(ago))}
      />
      <p className="soft">{says.displayLong}</p>
      <div className="device-buttons">
        {canOpenDisplay() && <Button label={says.openDisplay} icon="out" onPress={openDisplayWindow} />}
        <Button label={says.testDisplay} busy={busy === 'test'} onPress={() => void test()} />
      </div>
    </DeviceCard>
  )
}

export const devicesScreen: Screen = {
  id: 'devices',
  place: 'setup',
  icon: 'scan',
  title: (words) => words.devices.title,
  view: Devices,
  menu: 'configuration',
}
