import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Script } from 'node:vm'
import { expect, test } from 'vitest'
import type { FaultOrder } from './faults.ts'
import type { ControlState } from './seqr-server.ts'
import { invoiceReferenceXml, post, sandboxFor, tillAt, valueOf, wsdl } from './soap.fake.ts'

async function getJson<Answer>(url: string): Promise<Answer> {
  return (await (await fetch(url)).json()) as Answer
}

function postJson(url: string, value: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(value) })
}

test('the WSDL is handed out with the address of this very service', async () => {
  await using sandbox = await sandboxFor()
  for (const address of [`${sandbox.url}?wsdl`, `${sandbox.url}?WSDL`]) {
    const answer = await fetch(address)
    expect(answer.headers.get('content-type')).toMatch(/^text\/xml/)
    const text = await answer.text()
    expect(text).toContain(`<soap:address location="${sandbox.url}"/>`)
    expect(text.length - sandbox.url.length).toBe(
      wsdl.length - (/soap:address location="([^"]*)"/.exec(wsdl)?.[1]?.length ?? 0),
    )
  }
})

async function payingShop() {
  const sandbox = await sandboxFor()
  const till = await tillAt(sandbox)
  const reference = await till.send('10.00')
  return { ...sandbox, till, reference }
}

test('a dropped request was not carried out, a dropped answer was', async () => {
  await using shop = await payingShop()
  const cancel = () => shop.till.call('cancelInvoice', invoiceReferenceXml(shop.reference))
  shop.faults.add({ operation: 'cancelInvoice', fault: 'dropBefore' })
  await expect(cancel()).rejects.toThrow()
  expect(valueOf(await shop.till.ask(shop.reference), 'status')).toBe('ISSUED')
  shop.faults.add({ operation: 'cancelInvoice', fault: 'dropAfter' })
  await expect(cancel()).rejects.toThrow()
  expect(valueOf(await shop.till.ask(shop.reference), 'status')).toBe('CANCELED')
})

test('a fault strikes as often as ordered, only its operation, and can be called off', async () => {
  await using shop = await payingShop()
  const code = async () => valueOf(await shop.till.ask(shop.reference), 'resultCode')
  shop.faults.add({ operation: 'getPaymentStatus', fault: 'refuse', code: 93, times: 2 })
  shop.faults.add({ operation: 'sendInvoice', fault: 'refuse', code: 90, times: null })
  expect([await code(), await code(), await code()]).toEqual(['93', '93', '0'])
  expect(await shop.till.send('1.00')).toBe('')
  expect(await shop.till.send('1.00')).toBe('')
  shop.faults.clear()
  expect(await shop.till.send('1.00')).not.toBe('')
})

test('each kind of broken answer is as broken as it says', async () => {
  await using shop = await payingShop()
  const ask = async (order: Omit<FaultOrder, 'operation'>) => {
    shop.faults.add(order)
    return post(shop.url, statusRequest(shop.till.terminalId, shop.reference))
  }
  expect(await ask({ fault: 'http500' })).toMatchObject({ status: 500, text: 'Internal Server Error' })
  expect((await ask({ fault: 'down' })).status).toBe(503)
  expect((await ask({ fault: 'html' })).type).toMatch(/^text\/html/)
  expect((await ask({ fault: 'soapFault' })).text).toContain('<faultcode>soap:Server</faultcode>')
  expect((await ask({ fault: 'brokenXml' })).text).not.toContain('</soap:Envelope>')
  expect(await ask({ fault: 'empty' })).toMatchObject({ status: 200, text: '' })
  expect(valueOf((await ask({ fault: 'unknownStatus' })).text, 'status')).toBe('UNDER_REVIEW')
  expect((await ask({ fault: 'wrongOperation' })).text).toContain('benchmarkingNopResponse')
  expect(valueOf((await ask({ fault: 'refuse' })).text, 'resultCode')).toBe('90')
  expect(valueOf((await ask({ fault: 'delay', ms: 5 })).text, 'status')).toBe('ISSUED')
  expect(valueOf((await ask({ fault: 'slowLoris', ms: 0 })).text, 'status')).toBe('ISSUED')
  expect(valueOf((await ask({ fault: 'dropBefore', operation: 'none' } as FaultOrder)).text, 'status')).toBe(
    'ISSUED',
  )
})

function statusRequest(terminalId: string, reference: string): string {
  return (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><getPaymentStatus><context>' +
    `<initiatorPrincipalId><id>${terminalId}</id><type>TERMINALID</type></initiatorPrincipalId>` +
    `<password>till-password</password></context>${invoiceReferenceXml(reference)}</getPaymentStatus></e:Body></e:Envelope>`
  )
}

test('a huge answer keeps coming until the one who asked has had enough', async () => {
  await using shop = await payingShop()
  shop.faults.add({ fault: 'huge' })
  const answer = await fetch(shop.url, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: statusRequest(shop.till.terminalId, shop.reference),
  })
  let length = 0
  for await (const chunk of answer.body ?? []) {
    length += chunk.length
    if (length > 5_000_000) break
  }
  expect(length).toBeGreaterThan(5_000_000)
  expect(valueOf(await shop.till.ask(shop.reference), 'status')).toBe('ISSUED')
})

test('faults are ordered and called off over HTTP, and nonsense is refused', async () => {
  await using sandbox = await sandboxFor()
  const faults = `${sandbox.controlUrl}/faults`
  expect(
    (await postJson(faults, { operation: 'sendInvoice', fault: 'delay', ms: 10, times: 3 })).status,
  ).toBe(200)
  expect(await getJson(faults)).toEqual([
    { operation: 'sendInvoice', fault: 'delay', ms: 10, times: 3, code: 90 },
  ])
  expect((await postJson(faults, { fault: 'earthquake' })).status).toBe(400)
  expect((await postJson(faults, { fault: 'delay', extra: 1 })).status).toBe(400)
  await fetch(faults, { method: 'DELETE' })
  expect(sandbox.faults.list()).toEqual([])
})

test('the state shows invoices, payments and calls to a test, and no password', async () => {
  await using shop = await payingShop()
  shop.book.confirm(shop.reference, '1234')
  await shop.till.ask(shop.reference)
  const state = await getJson<ControlState>(`${shop.controlUrl}/state`)
  expect(state.invoices).toMatchObject([
    { invoiceReference: shop.reference, status: 'PAID', totalMinor: 1000 },
  ])
  expect(state.payments).toMatchObject([{ amountMinor: 1000, reversedAtMs: null, refundedMinor: 0 }])
  expect(state.calls.map(({ operation, resultCode }) => `${operation} ${resultCode}`)).toEqual([
    'getPaymentStatus 0',
    'sendInvoice 0',
    'registerTerminal 0',
  ])
  expect(JSON.stringify(state)).not.toMatch(/password(?!Digest)/i)
})

test('the log tells of calls and holds nothing of what was in them', async () => {
  const lines: string[] = []
  await using sandbox = await sandboxFor({ log: (call) => lines.push(JSON.stringify(call)) })
  const till = await tillAt(sandbox)
  await till.send('10.00')
  expect(lines).toHaveLength(2)
  expect(lines.join()).not.toContain('password')
})

test('a closing service lets go of everyone, also of those kept waiting', async () => {
  const shop = await payingShop()
  shop.faults.add({ fault: 'delay', ms: 600_000 })
  const waiting = shop.till.ask(shop.reference)
  const outcome = expect(waiting).rejects.toThrow()
  await expect.poll(() => shop.faults.list()).toEqual([])
  await shop.close()
  await outcome
  await expect(shop.till.ask(shop.reference)).rejects.toThrow()
})

test('a port that is taken is said at the start', async () => {
  await using sandbox = await sandboxFor()
  await expect(sandboxFor({ port: Number(new URL(sandbox.url).port) })).rejects.toThrow('EADDRINUSE')
})

test('with a state file the service knows its terminals and payments after a restart', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-'))
  const stateFile = path.join(folder, 'not-there-yet', 'seqr.json')
  try {
    const first = await sandboxFor({ stateFile })
    const till = await tillAt(first)
    const reference = await till.send('10.00')
    await postJson(`${first.phoneUrl}/confirm`, { invoiceReference: reference, pin: '1234' })
    await first.close()
    expect(readFileSync(stateFile, 'utf8')).not.toContain('till-password')
    await using second = await sandboxFor({ stateFile })
    const { text } = await post(second.url, statusRequest(till.terminalId, reference))
    expect(valueOf(text, 'status')).toBe('PAID')
    writeFileSync(stateFile, '{"layout":1')
    await using third = await sandboxFor({ stateFile })
    expect(third.book.view().terminals).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a page that came here by another name is turned away', async () => {
  await using sandbox = await sandboxFor()
  const { port } = new URL(sandbox.url)
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path: '/control/state', headers: { host: `evil.example:${port}` } },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      },
    )
    asked.on('error', reject).end()
  })
  expect(status).toBe(421)
})

test('the buyer pays through the phone, and the till learns of it', async () => {
  await using shop = await payingShop()
  const ask = async (path: string, value: unknown) =>
    (await (await postJson(`${shop.phoneUrl}/${path}`, value)).json()) as unknown
  await shop.till.call('assignSeqrId', '<seqrId>ABC1</seqrId>')
  expect(await getJson(`${shop.phoneUrl}/tills`)).toEqual([
    { merchant: 'Corner shop', name: 'Till 1', seqrId: 'ABC1' },
  ])
  const { reference: invoiceReference } = shop
  expect(await ask('scan', { text: 'http://seqr.se/Qabc1' })).toMatchObject({ invoice: { invoiceReference } })
  expect(await ask('start-confirming', { invoiceReference })).toBe(true)
  const refused = await shop.till.call('cancelInvoice', invoiceReferenceXml(invoiceReference))
  expect(valueOf(refused, 'resultCode')).toBe('51')
  expect(await ask('confirm', { invoiceReference, pin: '0000' })).toEqual({ ok: false, reason: 'wrongPin' })
  expect(await ask('confirm', { invoiceReference, pin: '1234' })).toMatchObject({ ok: true })
  expect(valueOf(await shop.till.ask(invoiceReference), 'status')).toBe('PAID')
  expect((await postJson(`${shop.phoneUrl}/confirm`, { pin: 1 })).status).toBe(400)
  expect((await fetch(`${shop.phoneUrl}/nowhere`)).status).toBe(404)
  expect((await fetch(`${shop.phoneUrl}/invoice?reference=x`)).status).toBe(404)
})

test('the pages allow no script but their own, and their scripts stand on their own feet', async () => {
  await using sandbox = await sandboxFor()
  const origin = new URL(sandbox.url).origin
  for (const page of ['/phone', '/control', '/']) {
    const answer = await fetch(origin + page)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(await answer.text()).not.toMatch(/\son[a-z]+=|<script>|style="/)
  }
  for (const script of ['/phone.js', '/control.js']) {
    const text = await (await fetch(origin + script)).text()
    expect(() => new Script(text)).not.toThrow()
    expect(text).not.toMatch(/__vite|\bimport\b|\brequire\(/)
  }
  expect((await fetch(`${origin}/nothing`)).status).toBe(404)
})
