import { once } from 'node:events'
import { connect } from 'node:net'

/** A request of which something is still to come. */
export interface UnfinishedRequest {
  /** Sends the rest; resolves with all that was answered, once the connection is closed. */
  finish(): Promise<string>
  /** Resolves when the server has cut it off. */
  readonly closed: Promise<unknown>
}

const BODY = JSON.stringify({ channel: 'room-42' })

/** Sends the headers and one byte of the body; resolves when the server has taken up the request. */
export async function beginRequest(url: string, bearer: string): Promise<UnfinishedRequest> {
  const { socket, answer, unfinished } = await openConnection(url)
  // What is answered to that means that the server has seen the rest.
  socket.write(`${headOf(bearer)}expect: 100-continue\r\n\r\n`)
  while (!answer().includes('100 Continue')) await once(socket, 'data')
  socket.write(BODY.slice(0, 1))
  return unfinished(BODY.slice(1))
}

/** Sends headers without their end: the server keeps the connection, and knows of no request yet. */
export async function announceRequest(url: string, bearer: string): Promise<UnfinishedRequest> {
  const { socket, unfinished } = await openConnection(url)
  socket.write(headOf(bearer))
  return unfinished(`\r\n${BODY}`)
}

async function openConnection(url: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += String(chunk)))
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  await once(socket, 'connect')
  const unfinished = (rest: string): UnfinishedRequest => ({
    closed,
    async finish() {
      socket.write(rest)
      await closed
      return answer
    },
  })
  return { socket, answer: () => answer, unfinished }
}

function headOf(bearer: string): string {
  const head = [
    'POST /v1/tokens HTTP/1.1',
    'host: localhost',
    `authorization: Bearer ${bearer}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(BODY)}`,
  ]
  return head.map((line) => `${line}\r\n`).join('')
}

/** Resolves when the port is closed. */
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
