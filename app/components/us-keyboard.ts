// Most scanners leave the factory set to a US keyboard. Under another layout `HTTP://SEQR.SE/Q` would be typed as
// `HTTPÖ--SEQR.SE-Q`; the position of each key still says which sign was meant.
const signs: Readonly<Record<string, string>> = {
  Backquote: '`~',
  Minus: '-_',
  Equal: '=+',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Semicolon: ';:',
  Quote: '\'"',
  Comma: ',<',
  Period: '.>',
  Slash: '/?',
  Space: '  ',
  Digit1: '1!',
  Digit2: '2@',
  Digit3: '3#',
  Digit4: '4$',
  Digit5: '5%',
  Digit6: '6^',
  Digit7: '7&',
  Digit8: '8*',
  Digit9: '9(',
  Digit0: '0)',
}

/** The sign a US keyboard has at this key (`KeyboardEvent.code`), or what was typed where that says nothing. */
export function usText(code: string, shift: boolean, typed: string): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shift ? letter : letter.toLowerCase()
  return signs[code]?.[shift ? 1 : 0] ?? typed
}
