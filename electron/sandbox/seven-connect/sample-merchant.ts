import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { isSignature, sign } from './signing.ts'

/** How the sample merchant treats one kind of call. `lateButDone` and `lost` do the work and nobody hears of it. */
export const merchantMoods = [
  'accept',
  'decline',
  'late',
  'lateButDone',
  'lost',
  'down',
  'unreadable',
] as const
export type MerchantMood = (typeof merchantMoods)[number]

export type MerchantManners = { readonly validate: MerchantMood; readonly confirm: MerchantMood }

export type SampleMerchant = Awaited<ReturnType<typeof startSampleMerchant>>

type Received = { readonly type: string; readonly merchantRef: string; readonly sevenConnectId: string }
type Account = { readonly merchantID: string; readonly transactionKey: string }

/**
 * A merchant's service after the public guide: checks tokens, answers VALIDATE and CONFIRM, and refuses a second
 * CONFIRM of a reference that it has confirmed. It serves several merchant accounts, each under its own path, and
 * can be told to misbehave, for all orders or for one.
 */
export async function startSampleMerchant(accounts: readonly Account[], port: number = 0) {
  const received: Received[] = []
  const confirmed = new Map<string, string>()
  const manners = new Map<string, MerchantManners>()
  const polite: MerchantManners = { validate: 'accept', confirm: 'accept' }
  const mannersFor = (merchantRef: string) => manners.get(merchantRef) ?? manners.get('*') ?? polite

  /** The reply in plain text, or null when this caller gets none. */
  function answer(account: Account, fields: URLSearchParams): string | null {
    const field = (name: string) => fields.get(name) ?? ''
    const [type, merchantRef, sevenConnectId] = [field('type'), field('merchantRef'), field('sevenConnectId')]
    received.push({ type, merchantRef, sevenConnectId })
    const { merchantID, transactionKey } = account
    const reply = (responseCode: string, responseDesc: string, authCode = '') =>
      `?${new URLSearchParams({
        type,
        merchantID,
        merchantRef,
        amount: field('amount'),
        authCode,
        responseCode,
        responseDesc,
        remarks: responseCode === 'SUCCESS' && type === 'CONFIRM' ? `Thank you|Order ${merchantRef}` : '',
        token: sign(transactionKey, type, merchantID, merchantRef, authCode, responseCode),
      }).toString()}\n`

    if (!isSignature(field('token'), sign(transactionKey, type, merchantID, merchantRef))) {
      return reply('DECLINED', 'Wrong token')
    }
    if (type !== 'VALIDATE' && type !== 'CONFIRM') return reply('DECLINED', 'Unknown type')
    const mood = mannersFor(merchantRef)[type === 'VALIDATE' ? 'validate' : 'confirm']
    if (mood === 'down' || mood === 'late') return null
    if (mood === 'unreadable') return '<html><body>Service under maintenance</body></html>'
    if (mood === 'decline') return reply('DECLINED', type === 'VALIDATE' ? 'Account is closed' : 'Sold out')
    if (type === 'VALIDATE') return reply('SUCCESS', 'OK')
    if (confirmed.has(sevenConnectId)) return reply('DECLINED', 'Already confirmed')
    const authCode = `A${String(confirmed.size + 1).padStart(9, '0')}`
    confirmed.set(sevenConnectId, authCode)
    return mood === 'lateButDone' || mood === 'lost' ? null : reply('SUCCESS', 'OK', authCode)
  }

  const server = http.createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })

  async function serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const account = accounts.find(({ merchantID }) => request.url === `/${merchantID}`)
    if (account === undefined || request.method !== 'POST') {
      response.writeHead(404).end()
      return
    }
    const fields = new URLSearchParams(await readAll(request))
    const text = answer(account, fields)
    if (text !== null) response.writeHead(200, { 'content-type': 'text/plain' }).end(text)
    else if (hangsUp(fields)) request.socket.destroy()
    // Late: the caller is left waiting until it gives up.
  }

  function hangsUp(fields: URLSearchParams): boolean {
    const { validate, confirm } = mannersFor(fields.get('merchantRef') ?? '')
    const mood = fields.get('type') === 'CONFIRM' ? confirm : validate
    return mood === 'down' || mood === 'lost'
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    endpointOf: (merchantID: string) => `${url}/${merchantID}`,
    received,
    confirmed,
    /** For one merchant reference, or for all that have no manners of their own. */
    behave(wanted: Partial<MerchantManners>, merchantRef: string = '*') {
      manners.set(merchantRef, { ...mannersFor(merchantRef), ...wanted })
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readAll(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
