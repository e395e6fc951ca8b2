import type { WebSocket } from 'ws'
import { z } from 'zod'
import type { Answerer, Caller } from '../../app/contract/define.ts'

/** What a window sends: a numbered question. The number comes back with the answer. */
const question = z.strictObject({
  id: z.int().min(1),
  channel: z.string().max(100),
  input: z.unknown().optional(),
})

const reasons = { badText: 1007, notText: 1003 } as const

/** Answers one window's questions until its socket closes. A window that does not keep to the form is cut off. */
export function serveSocket(socket: WebSocket, answer: Answerer, from: Caller): void {
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return socket.close(reasons.notText)
    const asked = read(data.toString())
    if (asked === null) return socket.close(reasons.badText)
    void reply(socket, answer, asked, from)
  })
}

/** A notice as it goes over the socket. */
export function noticeText(channel: string, payload: unknown): string {
  return JSON.stringify({ channel, payload })
}

type Asked = z.infer<typeof question>

async function reply(socket: WebSocket, answer: Answerer, asked: Asked, from: Caller): Promise<void> {
  const reply = await answer(asked.channel, asked.input, from)
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ id: asked.id, reply }))
}

function read(text: string): Asked | null {
  try {
    const parsed = question.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
