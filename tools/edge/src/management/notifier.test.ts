import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished, vi } from 'vitest'
import { serveEdge } from '../../test/support/edge-server.ts'
import { mint } from '../../test/support/project.ts'

const SECRET = 'from the console'

interface Heard {
  readonly signature: string
  readonly body: string
  readonly notice: {
    readonly noticeId: string
    readonly eventType: number
    readonly payload: Readonly<Record<string, unknown>>
  }
}

/** An edge that notifies a server, which answers with these statuses and then with 200. */
async function open(...statuses: number[]) {
  const heard: Heard[] = []
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request)
    const signature = String(request.headers['agora-signature-v2'])
    heard.push({ signature, body, notice: JSON.parse(body) })
    response.writeHead(statuses.shift() ?? 200).end('{}')
  }
  const server = createServer((request, response) => void hear(request, response))
  server.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const url = `http://127.0.0.1:${port}/`
  const { edge, connect } = await serveEdge({ notifications: { url, secret: SECRET } })
  const types = (): number[] => heard.map(({ notice }) => notice.eventType)
  const hears = (expected: readonly number[]): Promise<void> =>
    vi.waitFor(() => expect(types()).toEqual(expected), 10_000)
  return { edge, connect, heard, hears }
}

it('tells of a call from the first user to the last, signed over the bytes that are sent', async () => {
  const { edge, connect, heard, hears } = await open()
  const [one, two] = [await connect(), await connect()]
  await one.join(mint())
  const ann = { ap_response: { uid: 9 }, string_uid: 'ann', session_id: 'SESSION-2' }
  await two.join(mint({ user: { account: 'ann' } }), ann)
  await two.request('leave')
  edge.ban({ uid: 7 })
  await hears([101, 107, 107, 108, 108, 102])
  for (const { signature, body } of heard) {
    expect(signature).toBe(createHmac('sha256', SECRET).update(body).digest('hex'))
  }
  const payloads = heard.map(({ notice }) => notice.payload)
  expect(payloads[2]).toMatchObject({ channelName: 'room', uid: 9, account: 'ann' })
  expect(payloads[3]).toMatchObject({ uid: 9, reason: 1 })
  expect(payloads[4]).toMatchObject({ uid: 7, reason: 3, duration: 0 })
  expect(payloads[5]).toMatchObject({ channelName: 'room', lastUid: 7 })
  const order = payloads.flatMap(({ clientSeq }) => (clientSeq === undefined ? [] : [clientSeq]))
  expect(order).toEqual(order.toSorted((a, b) => Number(a) - Number(b)))
})

it('tells of hosts and audience, and when one becomes the other', async () => {
  const { connect, hears } = await open()
  const client = await connect()
  await client.join(mint(), { mode: 'live', role: 'audience' })
  await client.request('set_client_role', { role: 'host' })
  await client.request('set_client_role', { role: 'audience' })
  await client.request('leave')
  await hears([101, 105, 111, 112, 106, 102])
})

it('sends again what got no 200, as the same notice', async () => {
  const { connect, heard, hears } = await open(500)
  await (await connect()).join(mint())
  await hears([101, 101, 107])
  const [first, second] = heard
  expect(second?.notice.noticeId).toBe(first?.notice.noticeId)
})
