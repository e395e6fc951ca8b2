import { afterAll, expect, test } from 'vitest'
import { probe } from './probe.ts'
import { says, scriptedServer, serviceFor, succeeds } from './scripted-server.fake.ts'
import type { Play } from './scripted-server.fake.ts'

const server = await scriptedServer(succeeds())
afterAll(() => server.close())

/** Probes with a clock that takes these steps, one at each look. */
function found(play: Play, steps: readonly number[] = [0, 10], deadlineMs = 5000) {
  server.play = play
  const times = [...steps]
  const now = () => times.shift() ?? 0
  return probe({ url: server.url, slowAfterMs: 1000, deadlineMs, now })
}

test('a service that shows its description is online, or slow when that takes over a second', async () => {
  expect(await found(says('<definitions/>'))).toBe('online')
  expect(await found(says('<definitions/>'), [0, 1001])).toBe('slow')
})

test('a service that keeps its description to itself is online too', async () => {
  for (const status of [400, 401, 403, 404, 405])
    expect(await found(says('', status, 'text/plain'))).toBe('online')
})

test('a page of the network in between, a redirect or a broken service is offline', async () => {
  expect(await found(says('<html>Sign in</html>', 200, 'text/html'))).toBe('offline')
  expect(await found((response) => void response.writeHead(302, { Location: '/' }).end())).toBe('offline')
  for (const status of [500, 502, 503]) expect(await found(says('', status))).toBe('offline')
})

test('a service that is silent, breaks off or is not there is offline', async () => {
  expect(await found(() => undefined, [0, 0], 100)).toBe('offline')
  expect(await found((_, socket) => void socket.destroy())).toBe('offline')
  const gone = await scriptedServer(succeeds())
  await gone.close()
  expect(await serviceFor(gone.url).probe()).toBe('offline')
  expect(await serviceFor(server.url).probe(AbortSignal.abort())).toBe('offline')
})

test('a probe asks for nothing but the description, and sends nothing', async () => {
  expect(await found(says('<definitions/>'))).toBe('online')
  const request = server.requests.at(-1)
  expect([request?.method, request?.url]).toEqual(['GET', '/ERSWSExternalClientServicePort?wsdl'])
  expect(server.bodies.at(-1)).toBe('')
})
