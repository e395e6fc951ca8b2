import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** An element's children by local name, or its text. Attributes, prefixes and order are gone. */
export type XmlNode = string | XmlElement
export type XmlElement = { readonly [name: string]: XmlNode | readonly XmlNode[] }

export type ReadRequest =
  | { readonly ok: true; readonly operation: string; readonly body: XmlElement }
  | { readonly ok: false; readonly faultCode: 'Client' | 'VersionMismatch'; readonly reason: string }

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  maxNestedTags: 40,
})

/**
 * Reads what any SOAP 1.1 stack may send: whatever prefixes, elements in any order, CDATA, character references,
 * another encoding than UTF-8. Refuses a DOCTYPE (entity bombs), SOAP 1.2 and what is not well-formed.
 */
export function readRequest(bytes: Uint8Array, contentType: string): ReadRequest {
  const text = decode(bytes, contentType)
  if (text === null) return refused('the text is not in the encoding that it names')
  if (/<!DOCTYPE/i.test(text)) return refused('a DOCTYPE is not accepted')
  if (text.includes('http://www.w3.org/2003/05/soap-envelope'))
    return { ok: false, faultCode: 'VersionMismatch', reason: 'only SOAP 1.1 is spoken here' }
  const document = parse(text)
  if (document === null) return refused('the request is not well-formed XML')
  const body = childOf(childOf(document, 'Envelope'), 'Body')
  const [operation] = Object.keys(body ?? {}).filter((name) => name !== '#text')
  if (body === undefined || operation === undefined) return refused('there is no operation in the Body')
  return { ok: true, operation, body: childOf(body, operation) ?? {} }
}

function refused(reason: string): ReadRequest {
  return { ok: false, faultCode: 'Client', reason }
}

// The first two bytes of UTF-16, as a reader of single bytes sees them.
const byteOrderMarks = [
  { bytes: '\u00FF\u00FE', encoding: 'utf-16le' },
  { bytes: '\u00FE\u00FF', encoding: 'utf-16be' },
]

function decode(bytes: Uint8Array, contentType: string): string | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const declared = /^<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1]
  const marked = byteOrderMarks.find(({ bytes }) => start.startsWith(bytes))?.encoding
  const named = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1]
  try {
    return new TextDecoder(marked ?? named ?? declared ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function parse(text: string): XmlElement | null {
  try {
    if (XMLValidator.validate(text) !== true) return null
    const document: unknown = parser.parse(text)
    return typeof document === 'object' && document !== null ? (document as XmlElement) : null
  } catch {
    // The parser refuses too deep nesting and reserved names by throwing.
    return null
  }
}

/** All children of that name; an element with text only counts as text. */
export function nodesOf(parent: XmlElement | undefined, name: string): readonly XmlNode[] {
  const found = parent !== undefined && Object.hasOwn(parent, name) ? parent[name] : undefined
  if (found === undefined) return []
  return isList(found) ? found : [found]
}

function isList(found: XmlNode | readonly XmlNode[]): found is readonly XmlNode[] {
  return Array.isArray(found)
}

/** The first child of that name, if it is there; empty or with text only, it has no children. */
export function childOf(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  const [node] = nodesOf(parent, name)
  return node === undefined ? undefined : elementOf(node)
}

export function elementOf(node: XmlNode): XmlElement {
  return typeof node === 'string' ? {} : node
}

/** The text of the first child of that name, as it stands between the tags. */
export function exactTextOf(parent: XmlElement | undefined, name: string): string | undefined {
  const [node] = nodesOf(parent, name)
  if (node === undefined || typeof node === 'string') return node
  const text = node['#text']
  return typeof text === 'string' ? text : ''
}

/** The text of the first child of that name, without the white space around it. */
export function textOf(parent: XmlElement | undefined, name: string): string | undefined {
  return exactTextOf(parent, name)?.trim()
}
