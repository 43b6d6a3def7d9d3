import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type EdgeServer, serveEdge } from '../../test/support/edge-server.ts'
import type { GatewayClient } from '../../test/support/gateway-client.ts'
import { mint } from '../../test/support/project.ts'
import { tokenFingerprint } from '../judge/token-fingerprint.ts'

const SUCCESS = { _result: 'success' }
const WRONG = { _result: 'failed', _message: { error_code: 110, error_str: 'ERR_NO_AUTHORIZED' } }
const EXPIRED = { _result: 'failed', _message: { error_code: 109 } }

async function joined(token: string): Promise<{ server: EdgeServer; client: GatewayClient }> {
  const server = await serveEdge()
  const client = await server.connect()
  expect(await client.join(token)).toMatchObject(SUCCESS)
  return { server, client }
}

const typesSeen = ({ edge }: EdgeServer): string[] => edge.observations.all.map(({ type }) => type)

// Fakes only what lives are counted with; sockets go on in real time.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_000 })
  return () => void vi.useRealTimers()
})

describe('join', () => {
  it('lets in a user with a good token, and notes which token', async () => {
    const token = mint({ ttl: 100 })
    const { server } = await joined(token)
    const member = { channel: 'room', uid: 7, tokenFingerprint: tokenFingerprint(token) }
    expect(server.edge.observations.all).toEqual([
      { type: 'joined', at: 1_800_000_000_000, ...member },
    ])
    expect(server.edge.sessions()).toEqual([
      { ...member, expiresAt: 1_800_000_100, role: 'host', published: [], rtpPackets: 0 },
    ])
  })

  it('sends the client’s own capabilities back and a candidate that leads nowhere', async () => {
    const client = await (await serveEdge()).connect()
    const { _message } = await client.join(mint())
    expect(_message).toMatchObject({
      uid: 7,
      rejoin_token: expect.any(String),
      ortc: {
        rtpCapabilities: { send: { audioCodecs: [] } },
        iceParameters: { candidates: [{ port: 9 }] },
        dtlsParameters: {
          fingerprints: [{ fingerprint: expect.stringMatching(/^(\w\w:){31}\w\w$/) }],
        },
      },
    })
  })

  it('calls a user by the account where there is one', async () => {
    const server = await serveEdge()
    const client = await server.connect()
    const reply = await client.join(mint({ user: { account: 'ann' } }), { string_uid: 'ann' })
    expect(reply._message['uid']).toBe('ann')
    expect(server.edge.sessions()).toMatchObject([{ uid: 7, account: 'ann' }])
  })

  it.each([
    ['wrong', () => mint({ user: { uid: 8 } }), WRONG, 'USER_MISMATCH'],
    ['expired', () => mint({ ttl: 60, issuedAt: 1_700_000_000 }), EXPIRED, 'TOKEN_EXPIRED'],
  ])('refuses a token that is %s', async (_what, token, reply, reason) => {
    const server = await serveEdge()
    const client = await server.connect()
    expect(await client.join(token())).toMatchObject(reply)
    expect(server.edge.observations.all).toMatchObject([
      { type: 'refused', where: 'gateway', reason },
    ])
    expect(server.edge.sessions()).toEqual([])
  })

  it('puts the first one out when the same uid joins from elsewhere', async () => {
    const { server, client } = await joined(mint())
    const other = await server.connect()
    await other.join(mint(), { session_id: 'SESSION-2' })
    expect(await client.notice('on_notification')).toMatchObject({ _message: { code: 2003 } })
    expect(typesSeen(server)).toEqual(['joined', 'dropped', 'joined'])
    expect(server.edge.sessions()).toHaveLength(1)
  })

  it('lets an SDK replace its own session in silence', async () => {
    const { server, client } = await joined(mint())
    await (await server.connect()).join(mint())
    await client.request('ping')
    expect(client.notices).toEqual([])
    expect(server.edge.sessions()).toHaveLength(1)
  })
})

describe('the end of a token', () => {
  it('is announced 30 seconds before and told when it is there', async () => {
    const { server, client } = await joined(mint({ ttl: 100 }))
    vi.advanceTimersByTime(69_999)
    await client.request('ping')
    expect(client.notices).toEqual([])
    vi.advanceTimersByTime(1)
    await client.notice('on_token_privilege_will_expire')
    vi.advanceTimersByTime(30_000)
    await client.notice('on_token_privilege_did_expire')
    expect(typesSeen(server)).toEqual(['joined', 'will-expire', 'did-expire'])
    expect(server.edge.sessions()).toEqual([])
    expect(await client.request('renew_token', { token: mint() })).toMatchObject({
      _result: 'failed',
      _message: { error_code: 2011 },
    })
  })

  it('is put off by a renewal', async () => {
    const { server, client } = await joined(mint({ ttl: 100 }))
    vi.advanceTimersByTime(80_000)
    const next = mint({ ttl: 100 })
    expect(await client.request('renew_token', { token: next })).toMatchObject(SUCCESS)
    vi.advanceTimersByTime(69_999)
    expect(typesSeen(server)).toEqual(['joined', 'will-expire', 'renewed'])
    vi.advanceTimersByTime(1)
    expect(server.edge.observations.all.at(-1)).toMatchObject({
      type: 'will-expire',
      tokenFingerprint: tokenFingerprint(next),
    })
  })
})

describe('renewal', () => {
  it.each([
    ['wrong', () => mint({ channel: 'elsewhere' }), WRONG, 'CHANNEL_MISMATCH'],
    ['expired', () => mint({ ttl: 60, issuedAt: 1_700_000_000 }), EXPIRED, 'TOKEN_EXPIRED'],
  ])('with a token that is %s leaves the session on the old one', async (...row) => {
    const [, bad, reply, reason] = row
    const token = mint()
    const { server, client } = await joined(token)
    const refused = bad()
    expect(await client.request('renew_token', { token: refused })).toMatchObject(reply)
    expect(server.edge.observations.all.at(-1)).toMatchObject({
      type: 'renew-refused',
      reason,
      tokenFingerprint: tokenFingerprint(refused),
    })
    expect(server.edge.sessions()).toMatchObject([{ tokenFingerprint: tokenFingerprint(token) }])
  })

  it('gets no answer and has no effect while renewals are swallowed', async () => {
    const token = mint()
    const { server, client } = await joined(token)
    server.edge.faults.set({ swallowRenewals: true })
    const reply = vi.fn()
    void client.request('renew_token', { token: mint({ ttl: 900 }) }).then(reply)
    await client.request('ping')
    expect(reply).not.toHaveBeenCalled()
    expect(typesSeen(server)).toEqual(['joined', 'renew-swallowed'])
    expect(server.edge.sessions()).toMatchObject([{ tokenFingerprint: tokenFingerprint(token) }])
    server.edge.faults.set({ swallowRenewals: false })
    expect(await client.request('renew_token', { token: mint() })).toMatchObject(SUCCESS)
  })
})

describe('a line that breaks', () => {
  async function dropped(ttl: number) {
    const server = await serveEdge({ keepSeconds: 200 })
    const client = await server.connect()
    const { _message } = await client.join(mint({ ttl }))
    expect(server.edge.dropConnections()).toBe(1)
    await client.closed
    await expect.poll(() => typesSeen(server)).toEqual(['joined', 'dropped'])
    return { server, token: _message['rejoin_token'], session_id: 'SESSION-1' }
  }

  it('is dropped only where it was chosen', async () => {
    const { server } = await joined(mint())
    expect(server.edge.dropConnections({ uid: 8 })).toBe(0)
    expect(server.edge.sessions()).toHaveLength(1)
  })

  it('can be resumed on another, where the token’s end comes as it would have', async () => {
    const { server, token, session_id } = await dropped(100)
    vi.advanceTimersByTime(90_000)
    const client = await server.connect()
    const reply = await client.request('rejoin_v3', { token, session_id })
    expect(reply).toMatchObject({ ...SUCCESS, _message: { peers: [] } })
    vi.advanceTimersByTime(10_000)
    await client.notice('on_token_privilege_did_expire')
    expect(typesSeen(server).slice(2)).toEqual(['rejoined', 'will-expire', 'did-expire'])
  })

  it('cannot be resumed once the token has ended', async () => {
    const { server, token, session_id } = await dropped(100)
    vi.advanceTimersByTime(100_000)
    expect(typesSeen(server)).toEqual(['joined', 'dropped'])
    const client = await server.connect()
    expect(await client.request('rejoin_v3', { token, session_id })).toMatchObject(EXPIRED)
  })

  it('cannot be resumed by another user', async () => {
    const { server, token } = await dropped(100)
    const client = await server.connect()
    const claims = [{ token, session_id: 'OTHER' }, { token: 'x', session_id: 'SESSION-1' }, {}]
    for (const claim of claims) {
      expect(await client.request('rejoin_v3', claim)).toMatchObject({
        _result: 'failed',
        _message: { error_code: 2024 },
      })
    }
  })
})

describe('other messages', () => {
  it('notes a publication and a departure, after which nothing expires', async () => {
    const { server, client } = await joined(mint({ ttl: 100 }))
    expect(await client.request('publish')).toMatchObject(SUCCESS)
    expect(await client.request('leave')).toMatchObject(SUCCESS)
    vi.advanceTimersByTime(100_000)
    expect(typesSeen(server)).toEqual(['joined', 'published', 'left'])
  })

  it('fails restart_ice and grants what it does not know', async () => {
    const client = await (await serveEdge()).connect()
    expect(await client.request('restart_ice')).toMatchObject({ _result: 'failed' })
    expect(await client.request('set_parameter')).toMatchObject({ ...SUCCESS, _message: {} })
    const stats = await client.request('traffic_stats')
    expect(stats._message).toEqual({ peer_delay: [] })
  })

  it('survives what is no message', async () => {
    const client = await (await serveEdge()).connect()
    for (const text of ['', '{', 'null', '[]', '7', '{"_type":7}', '{"_type":"leave"}']) {
      client.socket.send(text)
    }
    client.socket.send(Buffer.of(0xff, 0x00))
    for (const type of ['join_v3', 'rejoin_v3', 'renew_token']) {
      client.socket.send(JSON.stringify({ _id: 'bad', _type: type, _message: [null] }))
    }
    expect(await client.request('ping')).toMatchObject(SUCCESS)
  })

  it('survives a frame that is too long', async () => {
    const { server, client } = await joined(mint())
    client.socket.send('x'.repeat(2_000_000))
    await client.closed
    await expect.poll(() => typesSeen(server)).toEqual(['joined', 'dropped'])
  })
})
