import { escapeXml, readXml } from './xml.ts'
import type { XmlElement } from './xml.ts'

const envelopeNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'
const serviceNamespace = 'http://external.interfaces.ers.seamless.com/'

/** What a reply holds: the result of the operation, a SOAP fault, or nothing that can be used. */
export type Reply =
  | { readonly kind: 'result'; readonly envelope: string }
  | { readonly kind: 'fault'; readonly code: string }
  | { readonly kind: 'garbled'; readonly detail: string }

/**
 * Takes a reply apart strictly and writes its envelope anew, free of prefixes, attributes, CDATA and foreign
 * elements. Only that is shown to the `soap` package, which would take almost anything for an answer.
 */
export function readReply(text: string, operation: string): Reply {
  if (text.trim() === '') return garbled('empty reply')
  const document = readXml(text)
  if (!document.ok) return garbled(`not XML we read: ${document.reason}`)
  const content = bodyContent(document.root)
  if (content === null) return garbled('no SOAP 1.1 envelope with one element in its body')
  if (isNamed(content, envelopeNamespace, 'Fault')) return { kind: 'fault', code: faultCode(content) }
  if (!isNamed(content, serviceNamespace, `${operation}Response`))
    return garbled('the reply to another operation')
  const results = content.children.filter(isOurs)
  if (results.length !== 1 || results[0]?.name !== 'return') return garbled('a reply without one result')
  return { kind: 'result', envelope: envelopeOf(operation, results[0]) }
}

const garbled = (detail: string): Reply => ({ kind: 'garbled', detail })

function bodyContent(root: XmlElement): XmlElement | null {
  if (!isNamed(root, envelopeNamespace, 'Envelope')) return null
  const [body, ...more] = root.children.filter((child) => isNamed(child, envelopeNamespace, 'Body'))
  return body?.children.length === 1 && more.length === 0 ? (body.children[0] ?? null) : null
}

function isNamed(element: XmlElement, namespace: string, name: string): boolean {
  return element.namespace === namespace && element.name === name
}

/** The schema leaves children unqualified; some published examples qualify them all the same. */
function isOurs(element: XmlElement): boolean {
  return (element.namespace === '' || element.namespace === serviceNamespace) && !element.nil
}

/** One of the four codes of SOAP 1.1. The fault's own words may repeat the request, password and all. */
function faultCode(fault: XmlElement): string {
  const written = fault.children.find((child) => child.name === 'faultcode')?.text ?? ''
  const code = /(?:^|:)(VersionMismatch|MustUnderstand|Client|Server)\b/.exec(written.trim())
  return code?.[1] ?? 'of another kind'
}

function envelopeOf(operation: string, result: XmlElement): string {
  return (
    `<soap:Envelope xmlns:soap="${envelopeNamespace}"><soap:Body>` +
    `<tns:${operation}Response xmlns:tns="${serviceNamespace}">${write(result)}</tns:${operation}Response>` +
    '</soap:Body></soap:Envelope>'
  )
}

function write(element: XmlElement): string {
  const children = element.children.filter(isOurs)
  const content = element.children.length === 0 ? escapeXml(element.text) : children.map(write).join('')
  return `<${element.name}>${content}</${element.name}>`
}
