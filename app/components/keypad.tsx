import { Button } from './button.tsx'
import { useNumerals, useWords } from './words-context.tsx'

/** What a keypad edits: text as typed, and whether the next digit replaces it. */
export interface Typed {
  readonly text: string
  /** The text was filled in, not typed: the first digit replaces it. */
  readonly fresh: boolean
}

export type KeypadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | '.' | ',' | 'erase'

/** Longer than any amount or SEQR ID. */
const mostSigns = 40

/** What has been typed after one more key. Erasing what was filled in clears it. */
export function afterKey(typed: Typed, key: KeypadKey): Typed {
  if (key === 'erase') return { text: typed.fresh ? '' : typed.text.slice(0, -1), fresh: false }
  const before = typed.fresh ? '' : typed.text
  const isSign = key === '.' || key === ','
  const text = isSign && before === '' ? `0${key}` : before + key
  return { text: text.slice(0, mostSigns), fresh: false }
}

const digits: readonly KeypadKey[] = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '0']

export interface KeypadProps {
  readonly onKey: (key: KeypadKey) => void
  /** A PIN or a whole number has no decimal mark: erase takes its place. */
  readonly whole?: boolean
}

/** Calculator order, never shuffled, with the language's decimal sign. Keys do not take the focus from the field they type into. */
export function Keypad({ onKey, whole = false }: KeypadProps) {
  const words = useWords()
  const { decimalSign } = useNumerals()
  const keys: readonly KeypadKey[] = whole ? digits : [...digits, '00', decimalSign]
  return (
    <div
      className={`keypad${whole ? ' keypad-whole' : ''}`}
      role="group"
      aria-label={words.keypad}
      onPointerDown={(event) => event.preventDefault()}
    >
      {keys.map((key) => (
        <KeypadButton key={key} name={key} onKey={onKey} />
      ))}
      <KeypadButton name="erase" onKey={onKey} />
    </div>
  )
}

function KeypadButton({
  name,
  onKey,
}: {
  readonly name: KeypadKey
  readonly onKey: (key: KeypadKey) => void
}) {
  const words = useWords()
  const press = () => onKey(name)
  if (name === 'erase')
    return <Button className="keypad-erase" label={words.erase} icon="backspace" iconOnly onPress={press} />
  if (name === '.' || name === ',')
    return (
      <Button label={words.decimalMark} onPress={press}>
        {name}
      </Button>
    )
  return <Button label={name} onPress={press} />
}
