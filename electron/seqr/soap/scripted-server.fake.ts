// A SEQR service that answers what a test tells it to, over real HTTP on this machine.
import { readFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import path from 'node:path'
import { createSeqrSoapService } from './soap-service.ts'
import type { SeqrSoapOptions, SeqrSoapService } from './soap-service.ts'

export const wsdlPath = path.resolve(import.meta.dirname, '../../../resources/seqr.wsdl')
export const wsdl = readFileSync(wsdlPath, 'utf8')

/** What the server does with a request: answers it, or does something a network does. */
export type Play = (response: http.ServerResponse, socket: Socket, body: string) => void

export interface ScriptedServer {
  readonly url: string
  /** The bodies of all requests so far. */
  readonly bodies: string[]
  readonly requests: http.IncomingMessage[]
  play: Play
  close(): Promise<void>
}

/** A server on a free port of 127.0.0.1 that plays `play` to every request. */
export async function scriptedServer(play: Play): Promise<ScriptedServer> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      scripted.bodies.push(body)
      scripted.requests.push(request)
      scripted.play(response, request.socket, body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const scripted: ScriptedServer = {
    url: `http://127.0.0.1:${port}/ERSWSExternalClientServicePort`,
    bodies: [],
    requests: [],
    play,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return scripted
}

/** A service that asks the server, with a short deadline and counted references. */
export function serviceFor(url: string, changes: Partial<SeqrSoapOptions> = {}): SeqrSoapService {
  let count = 0
  const newClientReference = () => `reference-${(count += 1)}`
  return createSeqrSoapService({
    url,
    wsdl,
    version: '1.2.3',
    deadlineMs: 5000,
    newClientReference,
    ...changes,
  })
}

/** Answers with this text as the service would: XML over HTTP 200, unless told otherwise. */
export const says =
  (body: string | Buffer, status = 200, type = 'text/xml; charset=utf-8'): Play =>
  (response) => {
    response.writeHead(status, { 'Content-Type': type })
    response.end(body)
  }

/** The envelope of a reply whose `return` holds this. */
export function replyTo(operation: string, result: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
    `<ns2:${operation}Response xmlns:ns2="http://external.interfaces.ers.seamless.com/">` +
    `<return>${result}</return></ns2:${operation}Response></soap:Body></soap:Envelope>`
  )
}

/** Answers any operation with this result. */
export const results =
  (result: string): Play =>
  (response, socket, body) => {
    const operation = /<soap:Body><tns:(\w+)/.exec(body)?.[1] ?? 'nothing'
    says(replyTo(operation, result))(response, socket, body)
  }

/** A success that holds this beside its result code. */
export const succeeds = (content = ''): Play => results(`<resultCode>0</resultCode>${content}`)
