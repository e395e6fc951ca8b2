import type { CustomScheme, Protocol } from 'electron'
import type { PageFile } from '../page-files.ts'

export const pageScheme = 'kassa'
export const pageHost = 'till'
export const tillPage = `${pageScheme}://${pageHost}/`
export const displayPage = `${pageScheme}://${pageHost}/display`

/** Must be told to Electron before it is ready: our pages have an origin of their own, as secure as https. */
export const schemes: CustomScheme[] = [
  {
    scheme: pageScheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
]

/** Serves the built screens under `kassa://till/`, and nothing under any other name. */
export function servePages(
  protocol: Pick<Protocol, 'handle'>,
  file: (pathname: string) => Promise<PageFile>,
): void {
  protocol.handle(pageScheme, async (request) => {
    const { host, pathname } = new URL(request.url)
    if (host !== pageHost || request.method !== 'GET') return new Response(null, { status: 403 })
    const { status, headers, body } = await file(pathname)
    return new Response(new Uint8Array(body), { status, headers })
  })
}
