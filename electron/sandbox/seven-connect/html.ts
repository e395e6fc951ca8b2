/** Text that is known to be markup. */
export type Html = { readonly markup: string }
type Piece = string | number | Html | readonly Html[]

/** Markup from a template; every value in it is escaped unless it is markup itself. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { markup: String.raw({ raw: texts }, ...pieces.map(markupOf)) }
}

/** Markup that was written by this program and is taken as it stands. */
export function trusted(markup: string): Html {
  return { markup }
}

function markupOf(piece: Piece): string {
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece))
  return 'markup' in piece ? piece.markup : piece.map((each) => each.markup).join('')
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
