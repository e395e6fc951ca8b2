/** The built screens as both shells serve them: the same files, the same refusals, the same headers. */
import fs from 'node:fs/promises'
import path from 'node:path'

export interface PageFile {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Every kind of file that a build makes. Anything else is not served, whatever lies in the folder. */
const typesByExtension: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wasm': 'application/wasm',
}

/** The addresses that are screens of their own; all of them are the one page. */
const screens = new Set(['/', '/display'])

/** Reads a file of the build by the path of its address. Nothing outside `dir` can be reached. */
export function pageFilesIn(dir: string, connect: string): (pathname: string) => Promise<PageFile> {
  const headers = securityHeaders(connect)
  return async (pathname) => {
    const file = screens.has(pathname) ? 'index.html' : fileOf(pathname)
    const type = typesByExtension[path.extname(file ?? '').toLowerCase()]
    if (file === null || type === undefined) return notFound(headers)
    try {
      const body = await fs.readFile(path.join(dir, file))
      return { status: 200, headers: { ...headers, 'content-type': type, 'cache-control': 'no-cache' }, body }
    } catch {
      return notFound(headers)
    }
  }
}

/** The relative path that an address names, or null when any part of it could lead elsewhere. */
export function fileOf(pathname: string): string | null {
  const parts = decoded(pathname)?.split('/').slice(1)
  if (parts === undefined || parts.some((part) => !/^[\w-][\w.-]*$/.test(part))) return null
  return path.join(...parts)
}

/**
 * The headers of every answer. Scripts, styles, pictures and sounds come from the program itself and from
 * nowhere else; `connect` is where the page may connect to.
 */
export function securityHeaders(connect: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), hid=(), serial=(), payment=()',
  }
}

function notFound(headers: Readonly<Record<string, string>>): PageFile {
  return {
    status: 404,
    headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
    body: Buffer.from('There is no such page.\n'),
  }
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined
  }
}
