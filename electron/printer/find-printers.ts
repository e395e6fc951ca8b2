import { readdir } from 'node:fs/promises'

export interface FoundPrinter {
  /** An address for the settings. */
  readonly address: string
  /** What it is called by the system, for people. */
  readonly name: string
}

/** What the finding looks through. Each part may fail: then it has found nothing. */
export interface PrinterPlaces {
  readonly deviceFiles: () => Promise<readonly string[]>
  readonly serialPorts: () => Promise<
    readonly { readonly path: string; readonly manufacturer?: string | undefined }[]
  >
}

export const systemPlaces: PrinterPlaces = {
  deviceFiles: async () => (await readdir('/dev/usb')).map((name) => `/dev/usb/${name}`),
  serialPorts: async () => {
    const { SerialPort } = await import('serialport')
    return await SerialPort.list()
  },
}

/**
 * Addresses where a printer may be: USB printers of Linux, and serial ports. A printer on the network or shared by
 * Windows has to be named by a person. A port says nothing of what hangs on it, so these are only proposals.
 */
export async function findPrinters(places: PrinterPlaces = systemPlaces): Promise<readonly FoundPrinter[]> {
  const [files, ports] = await Promise.all([
    places.deviceFiles().catch(() => []),
    places.serialPorts().catch(() => []),
  ])
  const usb = files.filter((file) => /\/lp\d+$/.test(file)).sort()
  return [
    ...usb.map((file) => ({ address: `file:${file}`, name: `USB ${file}` })),
    ...ports.map(({ path, manufacturer }) => ({
      address: `serial:${path}`,
      name: manufacturer === undefined ? path : `${path} (${manufacturer})`,
    })),
  ]
}
