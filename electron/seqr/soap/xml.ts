// A strict reader for small XML documents from the network. One pass, no document types, no entities of one's own,
// bounded depth and size: a hostile reply costs no more time and memory than its length.

export interface XmlElement {
  /** The name without its prefix. */
  readonly name: string
  /** The namespace's address, or '' when the element is in none. */
  readonly namespace: string
  /** The element says `xsi:nil`: it stands for no value. */
  readonly nil: boolean
  readonly children: readonly XmlElement[]
  /** The element's own text, CDATA included. */
  readonly text: string
}

export type XmlFault = 'malformed' | 'documentType' | 'instruction' | 'encoding' | 'tooDeep' | 'tooMany'

export type ReadXml =
  { readonly ok: true; readonly root: XmlElement } | { readonly ok: false; readonly reason: XmlFault }

const deepest = 32
const mostElements = 10_000
const mostAttributes = 32
const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance'

const namePart = String.raw`[A-Za-z_\u00C0-\uFFFD][-.\w\u00B7-\uFFFD]*`
const qualifiedName = `(?:(${namePart}):)?(${namePart})`
const openingName = new RegExp(`<${qualifiedName}`, 'y')
const attribute = new RegExp(String.raw`\s+${qualifiedName}\s*=\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y')
const openingEnd = /\s*(\/?)>/y
const closingTag = new RegExp(String.raw`</${qualifiedName}\s*>`, 'y')
const declaration = /<\?xml\s[^?<>]*\?>/y
const declaredEncoding = /\sencoding\s*=\s*["']([^"']*)["']/
const forbiddenCharacter = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u
const reference = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/g
const bareAmpersand = /&(?!(?:#x[0-9a-fA-F]{1,6}|#\d{1,7}|lt|gt|amp|quot|apos);)/
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The namespaces declared on one element, and those around it. */
interface Scope {
  readonly declared: ReadonlyMap<string, string>
  readonly around: Scope | null
}

interface OpenElement {
  readonly written: string
  readonly scope: Scope
  readonly name: string
  readonly namespace: string
  readonly nil: boolean
  readonly children: XmlElement[]
  text: string
}

/** Carries the reason out of the reader; never leaves this file. */
class Unreadable extends Error {
  readonly reason: XmlFault
  constructor(reason: XmlFault) {
    super(reason)
    this.reason = reason
  }
}

/** Reads one whole document, or says why it can't be one. Never throws, whatever the text. */
export function readXml(text: string): ReadXml {
  try {
    return { ok: true, root: readDocument(text) }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, reason: error.reason }
    throw error
  }
}

function readDocument(text: string): XmlElement {
  if (forbiddenCharacter.test(text)) throw new Unreadable('malformed')
  const open: OpenElement[] = []
  let root: XmlElement | null = null
  let elements = 0
  let at = afterDeclaration(text)
  while (at < text.length) {
    const tag = text.indexOf('<', at)
    addText(open.at(-1), decoded(text.slice(at, tag === -1 ? text.length : tag)))
    if (tag === -1) break
    if (text.startsWith('<!--', tag)) at = after(text, '-->', tag + 4)
    else if (text.startsWith('<![CDATA[', tag)) at = readCdata(text, tag, open.at(-1))
    else if (text.startsWith('<!', tag)) throw new Unreadable('documentType')
    else if (text.startsWith('<?', tag)) throw new Unreadable('instruction')
    else if (text.startsWith('</', tag)) {
      const closed = close(text, tag, open)
      if (open.length === 0) root = closed.element
      at = closed.at
    } else {
      elements += 1
      if (root !== null) throw new Unreadable('malformed')
      if (elements > mostElements) throw new Unreadable('tooMany')
      const opened = openTag(text, tag, open.at(-1)?.scope ?? null)
      at = opened.at
      if (opened.selfClosing) root = attach(opened.element, open) ?? root
      else if (open.push(opened.element) > deepest) throw new Unreadable('tooDeep')
    }
  }
  if (root === null || open.length > 0) throw new Unreadable('malformed')
  return root
}

function afterDeclaration(text: string): number {
  if (!/^<\?xml\s/.test(text)) return 0
  const found = match(declaration, text, 0)
  const encoding = declaredEncoding.exec(found[0])?.[1] ?? 'UTF-8'
  if (encoding.toUpperCase() !== 'UTF-8') throw new Unreadable('encoding')
  return declaration.lastIndex
}

function readCdata(text: string, tag: number, into: OpenElement | undefined): number {
  const at = after(text, ']]>', tag + 9)
  if (into === undefined) throw new Unreadable('malformed')
  into.text += text.slice(tag + 9, at - 3)
  return at
}

function openTag(text: string, tag: number, around: Scope | null) {
  const [written, prefix = '', name = ''] = match(openingName, text, tag)
  const { attributes, at: afterAttributes } = readAttributes(text, openingName.lastIndex)
  const scope = scopeOf(attributes, around)
  const [, slash] = match(openingEnd, text, afterAttributes)
  const nil = attributes.some(
    (one) => one.name === 'nil' && one.prefix !== '' && saysNil(one.value, namespaceOf(one.prefix, scope)),
  )
  const element: OpenElement = {
    written: written.slice(1),
    scope,
    name,
    namespace: namespaceOf(prefix, scope),
    nil,
    children: [],
    text: '',
  }
  return { element, selfClosing: slash === '/', at: openingEnd.lastIndex }
}

interface Attribute {
  readonly prefix: string
  readonly name: string
  readonly value: string
}

function readAttributes(text: string, from: number) {
  const attributes: Attribute[] = []
  const seen = new Set<string>()
  let at = from
  for (;;) {
    attribute.lastIndex = at
    const found = attribute.exec(text)
    if (found === null) return { attributes, at }
    at = attribute.lastIndex
    const [, prefix = '', name = '', double, single] = found
    const value = decoded(double ?? single ?? '')
    if (seen.has(`${prefix}:${name}`)) throw new Unreadable('malformed')
    if (seen.size >= mostAttributes) throw new Unreadable('tooMany')
    seen.add(`${prefix}:${name}`)
    attributes.push({ prefix, name, value })
  }
}

function scopeOf(attributes: readonly Attribute[], around: Scope | null): Scope {
  const declared = new Map<string, string>()
  for (const { prefix, name, value } of attributes) {
    if (prefix === 'xmlns') declared.set(name, value)
    else if (prefix === '' && name === 'xmlns') declared.set('', value)
  }
  return declared.size === 0 && around !== null ? around : { declared, around }
}

function namespaceOf(prefix: string, scope: Scope): string {
  for (let here: Scope | null = scope; here !== null; here = here.around) {
    const namespace = here.declared.get(prefix)
    if (namespace !== undefined) return namespace
  }
  if (prefix === '') return ''
  throw new Unreadable('malformed')
}

const saysNil = (value: string, namespace: string) =>
  namespace === instanceNamespace && (value === 'true' || value === '1')

function close(text: string, tag: number, open: OpenElement[]) {
  const [, prefix, name = ''] = match(closingTag, text, tag)
  const written = prefix === undefined ? name : `${prefix}:${name}`
  const element = open.pop()
  if (element?.written !== written) throw new Unreadable('malformed')
  attach(element, open)
  return { element, at: closingTag.lastIndex }
}

/** Puts a finished element into the one around it; gives it back when there is none, as it is then the root. */
function attach(element: OpenElement, open: readonly OpenElement[]): XmlElement | null {
  const around = open.at(-1)
  around?.children.push(element)
  return around === undefined ? element : null
}

function addText(into: OpenElement | undefined, text: string) {
  if (into !== undefined) into.text += text
  else if (text.trim() !== '') throw new Unreadable('malformed')
}

function decoded(text: string): string {
  if (text.includes(']]>') || bareAmpersand.test(text)) throw new Unreadable('malformed')
  return text.replace(reference, (_, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? ''
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    if (code > 0x10_ff_ff || forbiddenCharacter.test(String.fromCodePoint(code)))
      throw new Unreadable('malformed')
    return String.fromCodePoint(code)
  })
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from)
  if (found === -1) throw new Unreadable('malformed')
  return found + end.length
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  if (found === null) throw new Unreadable('malformed')
  return found
}

/** Text as it may stand between tags; characters that XML forbids are left out. */
export function escapeXml(text: string): string {
  return printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The text without the characters that no XML document may hold. */
export function printable(text: string): string {
  return text.replaceAll(new RegExp(forbiddenCharacter, 'gu'), '')
}
