import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import { readBody } from '../platform/read-body.ts'
import {
  type ClientFrame,
  readClientFrame,
  renewTokenResponse,
  URI,
  userResponse,
} from './rtm-messages.ts'

/** What a client has shown to the service. */
export interface RtmSeen {
  /** `ask`: to the access point, with a token. `join`, `renew`: to the edge, with what it got for that. */
  readonly by: 'ask' | 'join' | 'renew'
  readonly user: string
  readonly token: string
}

/** A stand-in for RTM on loopback: an access point over HTTP and an edge over WebSockets, on one port. */
export interface RtmService {
  readonly port: number
  /** All that clients have shown, in order. */
  readonly seen: readonly RtmSeen[]
  /** The code with which it answers each further login and renewal; 0: as asked for. */
  readonly codes: { join: number; renew: number }
  /** Cuts every line, without a goodbye. */
  cut(): void
  close(): Promise<void>
}

/** The request of the access point that is about a user. */
const ABOUT_USER = 128

interface Question {
  readonly flag: number
  readonly opid: number
  readonly cname: string
  readonly key: string
}

/** Creates the service on a free port of 127.0.0.1. */
export async function createRtmService(): Promise<RtmService> {
  const seen: RtmSeen[] = []
  const codes: RtmService['codes'] = { join: 0, renew: 0 }
  /** Tokens by the ticket that was given for them. */
  const tickets = new Map<string, string>()
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (line) => {
    line.on('error', () => {})
    line.on('message', (data: Buffer) => hear(line, readClientFrame(data)))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))

  return {
    port: portOf(server),
    seen,
    codes,
    cut() {
      for (const line of sockets.clients) line.terminate()
    },
    async close() {
      for (const line of sockets.clients) line.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader(
      'access-control-allow-headers',
      request.headers['access-control-request-headers'] ?? '*',
    )
    if (request.method !== 'POST' || !request.url?.endsWith('/api/v1')) {
      response.writeHead(204).end()
      return
    }
    const body = await readBody(request)
    if (body === undefined) return
    const question: Question = JSON.parse(new TextDecoder().decode(body))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(question.flag === ABOUT_USER ? edgesFor(question) : { code: 0 }))
  }

  function edgesFor({ opid, cname: user, key: token }: Question) {
    seen.push({ by: 'ask', user, token })
    const ticket = btoa(`ticket ${tickets.size + 1}`)
    tickets.set(ticket, token)
    const addresses = [
      { ip: '127.0.0.1', port: 9591, ticket },
      { ip: '127.0.0.2', port: 9593, ticket },
    ]
    return { code: 0, opid, flag: ABOUT_USER, server_ts: Date.now(), addresses, ticket, detail: {} }
  }

  function hear(line: WebSocket, said: ClientFrame): void {
    if (said.uri === URI.userQuit) line.close()
    if (said.uri !== URI.userJoin && said.uri !== URI.renewToken) return
    const by = said.uri === URI.userJoin ? 'join' : 'renew'
    seen.push({ by, user: said.account, token: tickets.get(said.ticket) ?? '' })
    const code = codes[by]
    line.send(by === 'join' ? userResponse(said, code, Date.now()) : renewTokenResponse(said, code))
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP port expected')
  return address.port
}
