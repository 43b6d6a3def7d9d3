import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import {
  COMMAND,
  type LoginRequest,
  nothingUnread,
  PUT_OUT,
  putOut,
  readFrame,
  turnAway,
  welcome,
} from './msync.ts'

/** How the service answers: lets in or takes, never answers, or turns away with this reason. */
export type ChatAnswer = 'ok' | 'hang' | 'expired' | 'invalid'

/** What a {@link ChatService} is created with. */
export interface ChatServiceOptions {
  /** When a token ends, in Unix milliseconds. */
  readonly endOf: (token: string) => number
}

/** A stand-in for Agora Chat on loopback: a WebSocket for the login, HTTP for a token's end. */
export interface ChatService {
  /** For the option `url` of a connection. */
  readonly socketUrl: string
  /** For the option `apiUrl` of a connection. */
  readonly apiUrl: string
  /** All logins that arrived, and all tokens that it was asked about, in order. */
  readonly seen: readonly (LoginRequest & { readonly by: 'login' | 'renewal' })[]
  /** How it answers each further call. */
  readonly answers: { login: ChatAnswer; renewal: ChatAnswer }
  /** How many lines are open. */
  readonly lines: number
  /** How many calls over HTTP were left without an answer. */
  readonly silent: number
  /** Answers the calls that were left without an answer. */
  answerAll(): void
  /** Tells all users who are in what time it is, in Unix milliseconds: the SDK compares it with its token. */
  tellTime(now: number): void
  /** Puts all users out who are in. */
  putOut(why: keyof typeof PUT_OUT): void
  /** Cuts every line, without a goodbye. */
  cut(): void
  /** Resolves when nothing is on its way to or from the lines that are open. */
  settle(): Promise<void>
  close(): Promise<void>
}

const REASONS = {
  expired: 'Sorry, token expired',
  invalid: 'Sorry, token or password does not match login info',
} as const

/** Creates the service on a free port of 127.0.0.1. */
export async function createChatService({ endOf }: ChatServiceOptions): Promise<ChatService> {
  const seen: ChatService['seen'][number][] = []
  const answers: ChatService['answers'] = { login: 'ok', renewal: 'ok' }
  let pending: (() => void)[] = []
  let silent = 0
  let frames = 0
  const server = createServer(handleHttp)
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (line) => {
    line.on('error', () => {})
    line.on('message', (data: Buffer) => hear(line, data))
  })
  const port = await listen(server)

  return {
    socketUrl: `ws://127.0.0.1:${port}/ws`,
    apiUrl: `http://127.0.0.1:${port}`,
    seen,
    answers,
    get lines() {
      return sockets.clients.size
    },
    get silent() {
      return silent
    },
    answerAll() {
      const acts = pending
      pending = []
      silent = 0
      for (const act of acts) act()
    },
    tellTime: (now) => tell(nothingUnread(now)),
    putOut(why) {
      tell(putOut(PUT_OUT[why]))
      for (const line of sockets.clients) line.close()
    },
    cut() {
      for (const line of sockets.clients) line.terminate()
    },
    settle,
    async close() {
      for (const line of sockets.clients) line.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  }

  function tell(frame: Uint8Array): void {
    for (const line of sockets.clients) line.send(frame)
  }

  function hear(line: WebSocket, data: Buffer): void {
    frames++
    const { command, login } = readFrame(data)
    if (command === COMMAND.unread) line.send(nothingUnread(Date.now()))
    if (!login) return
    seen.push({ by: 'login', ...login })
    // The SDK tries again after it was closed, without a token.
    respond(login.token === '' ? 'invalid' : answers.login, (reason) => {
      line.send(reason ? turnAway(reason) : welcome(endOf(login.token)))
    })
  }

  function handleHttp(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', 'authorization, content-type')
    const [, user] = /\/sdk\/users\/([^/]+)\/token\/expires$/.exec(request.url ?? '') ?? []
    if (request.method === 'OPTIONS' || user === undefined) {
      response.writeHead(user === undefined ? 404 : 204).end()
      return
    }
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '')
    seen.push({ by: 'renewal', user, token })
    if (answers.renewal === 'hang') silent++
    respond(answers.renewal, (error) => {
      response.writeHead(error ? 401 : 200, { 'content-type': 'application/json' })
      const refused = { error: 'unauthorized', error_description: error }
      response.end(JSON.stringify(error ? refused : { expire_timestamp: endOf(token) }))
    })
  }

  function respond(answer: ChatAnswer, act: (reason: string | undefined) => void): void {
    if (answer === 'hang') pending.push(() => act(undefined))
    else act(answer === 'ok' ? undefined : REASONS[answer])
  }

  /** A page answers a ping after it has dealt with all that came before it. */
  async function settle(): Promise<void> {
    let before: number
    do {
      before = frames
      await Promise.all([...sockets.clients].map(pong))
    } while (frames !== before)
  }
}

async function pong(line: WebSocket): Promise<void> {
  if (line.readyState !== line.OPEN) return
  await new Promise<void>((resolve) => {
    const done = () => {
      line.off('pong', done)
      line.off('close', done)
      resolve()
    }
    line.on('pong', done)
    line.on('close', done)
    line.ping()
  })
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP port expected')
  return address.port
}
