import { deviceSchema } from '../../app/contract/device-schema.ts'
import type { DeviceSettings } from '../../app/domain/devices.ts'
import { firstDevices } from '../../app/domain/devices.ts'
import { readSetting, writeSetting } from '../storage/settings.ts'
import type { Desk } from './desk.ts'

/** The devices' settings as they are on disk; what no longer fits falls back to what a till starts with. */
export function deviceSettings(desk: Desk): DeviceSettings {
  const stored = deviceSchema.safeParse(readSetting<unknown>(desk.storage.read, 'devices', firstDevices))
  return stored.success ? stored.data : firstDevices
}

/** Saves them; call within a transaction. */
export function saveDeviceSettings(desk: Desk, settings: DeviceSettings, by: string): void {
  writeSetting(desk.storage.write, 'devices', settings, by)
}
