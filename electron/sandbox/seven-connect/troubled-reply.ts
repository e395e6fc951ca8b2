import type http from 'node:http'
import type { Fault } from './faults.ts'
import { send, text, type Reply } from './reply.ts'

/** Sends the reply the way a fault wants it. The work behind it is done. */
export function sendTroubled(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  reply: Reply,
  fault: Fault | null,
): void {
  switch (fault?.kind) {
    case undefined:
      return send(response, reply)
    case 'down':
    case 'dropBefore':
    case 'dropAfter':
      request.socket.destroy()
      return
    case 'slow': {
      const timer = setTimeout(() => send(response, reply), fault.ms)
      response.on('close', () => clearTimeout(timer))
      return
    }
    case 'cutShort':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': reply.body.length })
      response.write(reply.body.slice(0, reply.body.length / 2), () => request.socket.destroy())
      return
    case 'html':
      return send(response, { status: 200, type: 'html', body: '<h1>It works!</h1>' })
    case 'serverError':
      return send(response, text(503, 'Service unavailable'))
    case 'redirect':
      return send(response, { ...text(302, 'Elsewhere'), location: '/v1/pos/elsewhere' })
    case 'wrongToken':
      return send(response, {
        ...reply,
        body: reply.body.replace(/"token":"[^"]*"/, `"token":"${'0'.repeat(40)}"`),
      })
    case 'otherSlip':
      return send(response, {
        ...reply,
        body: reply.body.replaceAll(/"payID":"\d*"/g, '"payID":"000000000000"'),
      })
    case 'huge':
      return send(response, { ...reply, body: reply.body + ' '.repeat(1024 * 1024) })
  }
}
