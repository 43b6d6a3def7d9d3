import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export const APP_ID = '970CA35de60c44645bbae8a215061b33'
export const CUSTOMER = { customerId: 'customer-1', customerSecret: 'secret-of-the-customer' }

interface Rule {
  readonly id: number
  readonly appid: string
  readonly cname: string
  readonly uid: number
  readonly ip: string
  readonly ts: string
  readonly privileges: readonly string[]
}

interface Answer {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

/** Instead of the usual answer; `hang` never answers, `cut` ends the connection. */
export type Fault = Answer | 'hang' | 'cut'

/** The channel management API as Agora documents it, on loopback. */
export class AgoraRestStandIn {
  readonly asked: { readonly method: string; readonly url: string; readonly body: unknown }[] = []
  readonly faults: Fault[] = []
  rules: Rule[] = []
  #lastId = 1000
  readonly #server: Server

  constructor() {
    this.#server = createServer((req, res) => void this.#answer(req, res))
  }

  static async start(): Promise<AgoraRestStandIn> {
    const standIn = new AgoraRestStandIn()
    standIn.#server.listen(0, '127.0.0.1')
    await once(standIn.#server, 'listening')
    return standIn
  }

  get url(): string {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const sent = await text(req)
    const { method = '', url = '' } = req
    const body: Record<string, unknown> = sent === '' ? {} : JSON.parse(sent)
    this.asked.push({ method, url, body: sent === '' ? undefined : body })
    const fault = this.faults.shift()
    if (fault === 'hang') return
    if (fault === 'cut') return void res.destroy()
    const answer = fault ?? this.#usual(req, body)
    res.writeHead(answer.status ?? 200, {
      'content-type': 'application/json',
      'x-request-id': 'r-1',
      ...answer.headers,
    })
    res.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
  }

  #usual(
    { headers, method = '', url = '' }: IncomingMessage,
    body: Record<string, unknown>,
  ): Answer {
    const { customerId, customerSecret } = CUSTOMER
    const expected = `Basic ${Buffer.from(`${customerId}:${customerSecret}`).toString('base64')}`
    if (headers.authorization !== expected) {
      return { status: 401, body: { message: 'Invalid authentication credentials' } }
    }
    if (headers['content-type'] !== 'application/json') return { status: 415, body: {} }
    const { pathname, searchParams } = new URL(url, 'http://x')
    if (pathname === '/dev/v1/kicking-rule') {
      const appid = searchParams.get('appid') ?? body['appid']
      if (appid !== APP_ID) return { status: 400, body: { message: 'invalid appid' } }
      return this.#rule(method, body)
    }
    const [, kind, rest = ''] = /^\/dev\/v1\/channel\/user\/(property\/)?(.*)$/.exec(pathname) ?? []
    const parts = rest.split('/').map(decodeURIComponent)
    if (parts[0] !== APP_ID) return { status: 404, body: { message: 'not found' } }
    return kind ? statusOf(parts) : usersOf(parts)
  }

  #rule(method: string, body: Record<string, unknown>): Answer {
    if (method === 'GET') return { body: { status: 'success', rules: this.rules } }
    if (method === 'DELETE') {
      this.rules = this.rules.filter(({ id }) => id !== body['id'])
      return { body: { status: 'success', id: body['id'] } }
    }
    const { cname = '', uid = 0, time_in_seconds: seconds, privileges } = body
    if (typeof uid !== 'number') return { status: 400, body: { message: 'invalid uid' } }
    const clamped = Math.min(Math.max(Number(seconds), 10), 86_430)
    this.#lastId += 1
    this.rules.push({
      id: this.#lastId,
      appid: APP_ID,
      cname: String(cname),
      uid,
      ip: '',
      ts: new Date(NOW_MS + clamped * 1000).toISOString(),
      privileges: Array.isArray(privileges) ? privileges.map(String) : [],
    })
    return { body: { status: 'success', id: this.#lastId } }
  }
}

export const NOW_MS = 1_796_000_000_000

function usersOf([, channel]: readonly string[]): Answer {
  const data =
    channel === 'talk'
      ? { channel_exist: true, mode: 1, total: 2, users: [7, 8] }
      : channel === 'live #1'
        ? { channel_exist: true, mode: 2, broadcasters: [7], audience: [8, 9], audience_total: 2 }
        : { channel_exist: false }
  return { body: { success: true, data } }
}

function statusOf([, uid, channel]: readonly string[]): Answer {
  const isIn = uid === '7' && channel === 'live #1'
  const data = isIn
    ? { in_channel: true, uid: 7, join: 1_795_999_000, role: 2 }
    : { in_channel: false }
  return { body: { success: true, data } }
}
