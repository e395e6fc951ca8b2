export type ServiceUrlFault = 'notAnAddress' | 'otherProtocol' | 'plainHttp' | 'holdsCredentials'

export type ServiceUrl =
  { readonly ok: true; readonly url: string } | { readonly ok: false; readonly reason: ServiceUrlFault }

/**
 * Whether the till may talk to this address. The password travels in the body, so it takes HTTPS, or a service on
 * this very machine.
 */
export function checkServiceUrl(text: string): ServiceUrl {
  const url = URL.parse(text.trim())
  if (url === null || url.hostname === '') return { ok: false, reason: 'notAnAddress' }
  if (url.username !== '' || url.password !== '') return { ok: false, reason: 'holdsCredentials' }
  if (url.protocol === 'https:') return { ok: true, url: url.href }
  if (url.protocol !== 'http:') return { ok: false, reason: 'otherProtocol' }
  if (!isLoopback(url.hostname)) return { ok: false, reason: 'plainHttp' }
  return { ok: true, url: url.href }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
