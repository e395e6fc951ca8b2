import { z } from 'zod'
import type { DeviceSettings } from '../domain/devices.ts'
import { firstKeyboardScanner } from '../domain/devices.ts'
import type { PrinterProfileName } from '../domain/printer-profile.ts'
import { printerProfiles } from '../domain/printer-profile.ts'

const names = Object.keys(printerProfiles) as [PrinterProfileName, ...PrinterProfileName[]]

const serialScanner = z.strictObject({
  path: z.string().min(1).max(200),
  baudRate: z.int().min(300).max(1_000_000),
  dataBits: z.union([z.literal(5), z.literal(6), z.literal(7), z.literal(8)]),
  parity: z.enum(['none', 'even', 'odd']),
  stopBits: z.union([z.literal(1), z.literal(2)]),
  terminator: z.enum(['\r', '\n', '\r\n', '\t']),
  prefix: z.string().max(8),
})

const keyboardScanner = z.strictObject({
  maxGapMs: z.int().min(10).max(100),
  prefix: z.string().regex(/^(?:|[!-~]|F1[3-9]|F2[0-4]|Control\+[a-z])$/),
  suffix: z.enum(['either', 'Enter', 'Tab', 'none']),
  layout: z.enum(['asTyped', 'us']),
})

/** Checks the devices' settings where they come in: from the set-up page and from disk. */
export const deviceSchema: z.ZodType<DeviceSettings> = z.strictObject({
  printer: z.strictObject({
    profile: z.enum(names).nullable(),
    drawerPin: z.union([z.literal(2), z.literal(5)]),
  }),
  scanners: z.strictObject({
    // Settings that were saved before there was a choice have none.
    keyboard: keyboardScanner.default(firstKeyboardScanner),
    hid: z.boolean(),
    serial: z.array(serialScanner).max(4),
    ignoreRepeatsMs: z.int().min(0).max(5000),
  }),
})
