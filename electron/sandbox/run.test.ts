import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, test } from 'vitest'
import { post, wireTill } from './seven-connect/till.fake.ts'

const program = path.join(import.meta.dirname, 'run.ts')

test('the practice services run by themselves, and call a merchant that somebody else wrote', async () => {
  const theirs = await foreignMerchant()
  const services = spawn(process.execPath, [program, '--seqr-port', '0', '--slips-port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const said = await textUntil(services.stdout, 'are ready')
    const [, wsdl = ''] = /^SEQR\s+(\S+)/m.exec(said) ?? []
    expect(await (await fetch(wsdl)).text()).toContain('sendInvoice')
    const [, slips = ''] = /^7-CONNECT\s+(\S+)/m.exec(said) ?? []
    const account = { merchantID: 'lamp', transactionKey: 'k3y', endpoint: theirs.url }
    const opened = await fetch(`${slips}/control/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    })
    expect(opened.status).toBe(200)
    const { payID = '' } = await post(`${slips}/v1/reference`, {
      merchantID: 'lamp',
      merchantRef: 'L-7',
      amount: '99.50',
      token: sha1('lampL-7{k3y}'),
    })
    const till = wireTill(slips)
    expect(await till.verify(payID)).toMatchObject({ responseCode: 'SUCCESS', merchantName: 'lamp' })
    expect(await till.confirm(payID, '99.50')).toMatchObject({ status: 'POSTED', authCode: 'OK-L-7' })
    expect(theirs.types).toEqual(['VALIDATE', 'CONFIRM'])
  } finally {
    services.kill()
    theirs.close()
  }
})

test('an option that makes no sense is said in one line', () => {
  const { stderr, status } = spawnSync(process.execPath, [program, '--currency', 'XYZ'], { encoding: 'utf8' })
  expect({ stderr, status }).toEqual({ stderr: 'XYZ is not a currency that is known here.\n', status: 1 })
})

/** A merchant's service written from the guide alone; it shares no code with ours. */
async function foreignMerchant() {
  const types: string[] = []
  const answer = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const asked = Object.fromEntries(new URLSearchParams(body))
    const { type = '', merchantRef = '' } = asked
    types.push(type)
    const good = asked['token'] === sha1(`${type}lamp${merchantRef}{k3y}`)
    const code = good ? 'SUCCESS' : 'DECLINED'
    const authCode = type === 'CONFIRM' ? `OK-${merchantRef}` : ''
    const token = sha1(`${type}lamp${merchantRef}${authCode}${code}{k3y}`)
    response.end(
      `?type=${type}&merchantID=lamp&merchantRef=${merchantRef}&amount=${asked['amount']}&authCode=${authCode}` +
        `&responseCode=${code}&responseDesc=&remarks=&token=${token}`,
    )
  }
  const server = http.createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/7connect`
  return { url, types, close: () => server.close() }
}

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

async function textUntil(stream: NodeJS.ReadableStream, end: string): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.includes(end)) return text
  }
  throw new Error(`ended after: ${text}`)
}
