import { Button } from './button.tsx'
import { useWords } from './words-context.tsx'

/** What a keypad edits: text as typed, and whether the next digit replaces it. */
export interface Typed {
  readonly text: string
  /** The text was filled in, not typed: the first digit replaces it. */
  readonly fresh: boolean
}

export type KeypadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | 'mark' | 'erase'

/** Longer than any amount or SEQR ID. */
const mostSigns = 40

/** What has been typed after one more key. Erasing what was filled in clears it. */
export function afterKey(typed: Typed, key: KeypadKey, mark: ',' | '.' = '.'): Typed {
  if (key === 'erase') return { text: typed.fresh ? '' : typed.text.slice(0, -1), fresh: false }
  const before = typed.fresh ? '' : typed.text
  const text = key === 'mark' ? `${before === '' ? '0' : before}${mark}` : before + key
  return { text: text.slice(0, mostSigns), fresh: false }
}

const layout: readonly KeypadKey[] = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '0', '00', 'mark']

export interface KeypadProps {
  readonly onKey: (key: KeypadKey) => void
  /** A PIN or a whole number has no decimal mark: erase takes its place. */
  readonly whole?: boolean
}

/** Calculator order, never shuffled. Keys do not take the focus from the field they type into. */
export function Keypad({ onKey, whole = false }: KeypadProps) {
  const words = useWords()
  const keys = whole ? [...layout.slice(0, 9), '0' as const, 'erase' as const] : layout
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
      {!whole && <KeypadButton name="erase" onKey={onKey} />}
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
  if (name === 'mark')
    return (
      <Button label={words.decimalMark} onPress={press}>
        ,
      </Button>
    )
  return <Button label={name} onPress={press} />
}
