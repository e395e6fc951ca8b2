import { useWords } from '../../components/words-context.tsx'
import type { Symbology } from '../../domain/barcode.ts'
import { useUi } from '../shop.tsx'
import { DeviceCard, DeviceState } from './device-card.tsx'

const symbologies: Readonly<Record<Exclude<Symbology, 'unknown'>, string>> = {
  code128: 'Code 128',
  'gs1-128': 'GS1-128',
  ean13: 'EAN-13',
  ean8: 'EAN-8',
  upca: 'UPC-A',
  upce: 'UPC-E',
  itf: 'ITF',
  code39: 'Code 39',
  code93: 'Code 93',
  codabar: 'Codabar',
  databar: 'GS1 DataBar',
  qr: 'QR',
  datamatrix: 'Data Matrix',
  pdf417: 'PDF417',
  aztec: 'Aztec',
}

/** What scanners deliver, as it is: on this page nothing is sold. */
export function ScanTestCard() {
  const words = useWords()
  const says = words.devices
  const scans = useUi(({ testedScans }) => testedScans)
  const newest = scans[0]
  const isEan = newest?.symbology.startsWith('ean') ?? false
  return (
    <DeviceCard title={says.scanTest} icon="scan" className="scan-test">
      <p className="soft">{says.scanTestLong}</p>
      {scans.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>{says.scanned.data}</th>
              <th>{says.scanned.symbology}</th>
              <th>{says.scanned.aim}</th>
              <th>{says.scanned.device}</th>
            </tr>
          </thead>
          <tbody>
            {scans.map((scan, place) => (
              <tr key={`${scan.atMs} ${scans.length - place}`}>
                <td className="mono selectable">{visible(scan.data)}</td>
                <td>{scan.symbology === 'unknown' ? says.unknownSymbology : symbologies[scan.symbology]}</td>
                <td className="mono">{scan.aim ?? says.scanned.noAim}</td>
                <td>{scan.name === '' ? says.device[scan.device] : scan.name}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {newest !== undefined && newest.aim === undefined && !isEan && (
        <DeviceState tone="attention" name="" state={says.noAimHint} />
      )}
    </DeviceCard>
  )
}

/** Control characters shown as signs, so that a group separator or a stray tab can be seen. */
function visible(data: string): string {
  return Array.from(data, (sign) => {
    const code = sign.codePointAt(0) ?? 0
    return code < 0x20 ? String.fromCodePoint(0x24_00 + code) : sign
  }).join('')
}
