import { useWords } from '../../components/words-context.tsx'
import type { KeyboardScannerSettings } from '../../domain/devices.ts'
import { SelectField } from './select-field.tsx'

const gaps = [20, 35, 50, 75, 100].map((value) => ({ value, label: `${value} ms` }))

const prefixes = [
  { value: '', label: '–' },
  { value: 'Control+b', label: 'STX (Ctrl+B)' },
  { value: 'F13', label: 'F13' },
  { value: '~', label: '~' },
  { value: '#', label: '#' },
]

/** What a scanner that types was set to in its manual; as delivered, most need nothing here. */
export function KeyboardScanner(props: {
  readonly settings: KeyboardScannerSettings
  readonly onChange: (settings: KeyboardScannerSettings) => void
}) {
  const says = useWords().devices
  const { settings, onChange } = props
  return (
    <div className="device-serial-row" role="group" aria-label={says.keyboard}>
      <SelectField<KeyboardScannerSettings['layout']>
        label={says.layout}
        value={settings.layout}
        options={[
          { value: 'asTyped', label: says.layouts.asTyped },
          { value: 'us', label: says.layouts.us },
        ]}
        onChange={(layout) => onChange({ ...settings, layout })}
      />
      <SelectField<KeyboardScannerSettings['suffix']>
        label={says.terminator}
        value={settings.suffix}
        options={[
          { value: 'either', label: says.suffixes.either },
          { value: 'Enter', label: 'Enter' },
          { value: 'Tab', label: 'Tab' },
          { value: 'none', label: says.suffixes.none },
        ]}
        onChange={(suffix) => onChange({ ...settings, suffix })}
      />
      <SelectField
        label={says.prefix}
        value={settings.prefix}
        options={
          prefixes.some(({ value }) => value === settings.prefix)
            ? prefixes
            : [...prefixes, { value: settings.prefix, label: settings.prefix }]
        }
        onChange={(prefix) => onChange({ ...settings, prefix })}
      />
      <SelectField
        label={says.gap}
        value={settings.maxGapMs}
        options={
          gaps.some(({ value }) => value === settings.maxGapMs)
            ? gaps
            : [...gaps, { value: settings.maxGapMs, label: `${settings.maxGapMs} ms` }]
        }
        onChange={(maxGapMs) => onChange({ ...settings, maxGapMs })}
      />
    </div>
  )
}
