import { once } from 'node:events'
import { connect } from 'node:net'

/** A request of which half the body is still to come. */
export interface UnfinishedRequest {
  /** Sends the rest; resolves with all that was answered, once the connection is closed. */
  finish(): Promise<string>
  /** Resolves when the server has cut it off. */
  readonly closed: Promise<unknown>
}

/** Sends the headers and one byte of the body; resolves when the server has taken up the request. */
export async function beginRequest(url: string, bearer: string): Promise<UnfinishedRequest> {
  const body = JSON.stringify({ channel: 'room-42' })
  const { port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += String(chunk)))
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  const head = [
    'POST /v1/tokens HTTP/1.1',
    'host: localhost',
    `authorization: Bearer ${bearer}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    // What follows means that the server has seen the rest.
    'expect: 100-continue',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  while (!answer.includes('100 Continue')) await once(socket, 'data')
  socket.write(body.slice(0, 1))
  return {
    closed,
    async finish() {
      socket.write(body.slice(1))
      await closed
      return answer
    },
  }
}

/** Resolves when nobody listens any more. */
export async function portClosed(url: string): Promise<void> {
  for (;;) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const outcome = await Promise.race([
      once(socket, 'connect').then(() => 'open'),
      once(socket, 'close').then(() => 'closed'),
    ]).catch(() => 'closed')
    socket.destroy()
    if (outcome === 'closed') return
  }
}
