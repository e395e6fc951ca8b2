import type { IncomingMessage, ServerResponse } from 'node:http'

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The whole body, or null when it is longer than `limitBytes` or the sender gave up. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = chunk as Buffer
      length += bytes.length
      if (length > limitBytes) {
        request.resume()
        return null
      }
      chunks.push(bytes)
    }
  } catch {
    return null
  }
  return Buffer.concat(chunks)
}

export function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  if (response.destroyed) return
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(text),
    'content-security-policy': pagePolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })
  response.end(text)
}

export function sendXml(response: ServerResponse, status: number, xml: string): void {
  sendText(response, status, 'text/xml', xml)
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendText(response, status, 'application/json', JSON.stringify(value))
}
