import { once } from 'node:events'
import { WebSocket } from 'ws'
import { PROJECT } from './project.ts'

/** A message of the gateway, as far as tests look at it. */
interface GatewayMessage {
  readonly _id?: string
  readonly _type?: string
  readonly _result?: string
  readonly _message: Readonly<Record<string, unknown>>
}

/** Speaks the SDK's side of the wire, one message at a time. */
export interface GatewayClient {
  readonly socket: WebSocket
  /** Sends a request and waits for its reply. */
  request(type: string, message?: object): Promise<GatewayMessage>
  /** Sends `join_v3` for uid 7 in "room" unless told otherwise. */
  join(token: string, changes?: object): Promise<GatewayMessage>
  /** Waits for a notice, or returns the one that has come already. */
  notice(type: string): Promise<GatewayMessage>
  /** All notices so far. */
  readonly notices: readonly GatewayMessage[]
  /** Settles when the connection has ended. */
  readonly closed: Promise<unknown>
}

/** Opens a connection to the gateway. */
export async function connectClient(url: string): Promise<GatewayClient> {
  const socket = new WebSocket(url)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const inbox: GatewayMessage[] = []
  const arrivals = new EventTarget()
  socket.on('message', (data: Buffer) => {
    const message: GatewayMessage = JSON.parse(data.toString())
    inbox.push(message)
    arrivals.dispatchEvent(new Event('message'))
  })
  await once(socket, 'open')

  async function receive(wanted: (message: GatewayMessage) => boolean): Promise<GatewayMessage> {
    for (;;) {
      const found = inbox.find(wanted)
      if (found !== undefined) return found
      await once(arrivals, 'message')
    }
  }
  let count = 0
  async function request(type: string, message: object = {}): Promise<GatewayMessage> {
    const id = `request-${++count}`
    socket.send(JSON.stringify({ _id: id, _type: type, _message: message }))
    return receive(({ _id }) => _id === id)
  }
  return {
    socket,
    closed,
    request,
    join: (token, changes = {}) => request('join_v3', { ...joinMessage(token), ...changes }),
    notice: (type) => receive(({ _type }) => _type === type),
    get notices() {
      return inbox.filter(({ _type }) => _type !== undefined)
    },
  }
}

function joinMessage(token: string): object {
  return {
    app_id: PROJECT.appId,
    channel_key: token,
    channel_name: 'room',
    session_id: 'SESSION-1',
    ap_response: { uid: 7, cid: 1, ticket: 'ticket' },
    ortc: { rtpCapabilities: { send: { audioCodecs: [] } } },
  }
}
