import type { SevenConnectBook } from './book.ts'
import { createSlip, inquire, referenceReply, type Form } from './published.ts'
import { json, text, type Reply, type Route } from './reply.ts'
import { slipPage } from './slip-page.ts'
import { confirm, status, verify, type TillReply } from './store-side.ts'

export type PlatformParts = { readonly book: SevenConnectBook; readonly zone: string }

/** The published interfaces, for merchants and their customers. */
export function publishedRoutes({ book, zone }: PlatformParts): Route[] {
  return [
    {
      methods: ['POST'],
      path: '/v1/reference',
      place: 'reference',
      answer: ({ form }) => json(referenceReply(createSlip(book, form, zone), form, zone)),
    },
    {
      methods: ['GET', 'POST'],
      path: '/inquire',
      place: 'inquire',
      answer: ({ form }) => json(inquire(book, form)),
    },
    {
      methods: ['GET', 'POST'],
      path: '/transact',
      answer: ({ form }) => transact(book, form, zone),
    },
  ]
}

/** The instruction page, whose button leads to successURL; a request that is not good goes to failURL at once. */
function transact(book: SevenConnectBook, form: Form, zone: string): Reply {
  const [successURL, failURL] = [webUrl(form['successURL']), webUrl(form['failURL'])]
  if (successURL === null || failURL === null)
    return text(400, 'successURL and failURL must be web addresses')
  const created = createSlip(book, form, zone)
  const fields = referenceReply(created, form, zone)
  if (!created.ok) return { ...text(303, created.message), location: withFields(failURL, fields) }
  const { slip, merchant } = created
  const continueUrl = withFields(successURL, fields)
  return {
    status: 200,
    type: 'html',
    body: slipPage(slip, { merchant, status: book.status(slip), zone, continueUrl }),
  }
}

/** An address to send a browser to, at most 300 characters; the guide's sample leaves the scheme out. */
function webUrl(address: string = ''): string | null {
  if (address === '' || address.length > 300) return null
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`
  return URL.canParse(whole) && /^https?:$/.test(new URL(whole).protocol) ? whole : null
}

function withFields(address: string, fields: Form): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
  return url.href
}

/** The store side, for tills. */
export function tillRoutes({ book, zone }: PlatformParts): Route[] {
  const reply = (answer: TillReply) =>
    answer.ok ? json(answer.json) : json({ message: answer.message }, 403)
  const methods = ['POST']
  return [
    {
      methods,
      path: '/v1/pos/verify',
      place: 'verify',
      answer: async ({ form }) => reply(await verify(book, form, zone)),
    },
    {
      methods,
      path: '/v1/pos/confirm',
      place: 'confirm',
      answer: async ({ form }) => reply(await confirm(book, form)),
    },
    { methods, path: '/v1/pos/status', place: 'status', answer: ({ form }) => reply(status(book, form)) },
  ]
}
