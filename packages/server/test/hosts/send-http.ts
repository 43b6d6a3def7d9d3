import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

import type { WireReply, WireRequest } from './host-case.ts'

/** Sends a request to a port of loopback just as it is written, on a connection of its own. */
export async function sendHttp(port: number, wire: WireRequest): Promise<WireReply> {
  // Kept alive, so that the server does not cut off a caller that is still sending.
  const headers = [...wire.headers, ['connection', 'keep-alive']].flat()
  const { method, target: path } = wire
  const call = request({ host: '127.0.0.1', port, method, path, headers, agent: false })
  const answered = once(call, 'response') as Promise<[IncomingMessage]>
  for (const chunk of wire.chunks) call.write(chunk)
  call.end()
  const [response] = await answered
  const reply = { status: response.statusCode!, body: await text(response) }
  call.destroy()
  const pairs = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
  return { ...reply, headers: Object.fromEntries(pairs) as Record<string, string> }
}
