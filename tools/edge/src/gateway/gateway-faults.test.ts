import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { EdgeOptions } from '../edge-options.ts'
import { type EdgeServer, serveEdge } from '../../test/support/edge-server.ts'
import type { GatewayClient } from '../../test/support/gateway-client.ts'
import { mint } from '../../test/support/project.ts'

const SUCCESS = { _result: 'success' }

async function joined(token: string, options: Partial<EdgeOptions> = {}) {
  const server = await serveEdge(options)
  const client = await server.connect()
  const { _message } = await client.join(token)
  return { ...server, client, rejoin: { token: _message['rejoin_token'], session_id: 'SESSION-1' } }
}

const typesSeen = ({ edge }: Pick<EdgeServer, 'edge'>): string[] =>
  edge.observations.all.map(({ type }) => type)

const until = (server: Pick<EdgeServer, 'edge'>, type: string): Promise<void> =>
  expect.poll(() => typesSeen(server)).toContain(type)

async function hasAnswer(client: GatewayClient, answer: Promise<unknown>): Promise<boolean> {
  let settled = false
  void answer.then(() => (settled = true))
  await client.request('traffic_stats')
  return settled
}

// Fakes only what lives are counted with; sockets go on in real time.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_000 })
  return () => void vi.useRealTimers()
})

describe('faults', () => {
  it('refuse renewals for every token, and the session goes on', async () => {
    const { edge, client } = await joined(mint())
    edge.faults.set({ refuseRenewals: 'expired' }, { uid: 7 })
    const reply = await client.request('renew_token', { token: mint() })
    expect(reply).toMatchObject({ _result: 'failed', _message: { error_code: 109 } })
    expect(edge.observations.all.at(-1)).toMatchObject({ type: 'renew-refused', reason: 'FAULT' })
    expect(edge.sessions()).toHaveLength(1)
  })

  it('refuse joins at the gateway', async () => {
    const { edge, connect } = await serveEdge()
    edge.faults.set({ refuseJoins: 'token-missing' })
    const reply = await (await connect()).join(mint())
    expect(reply).toMatchObject({ _result: 'failed', _message: { error_code: 120 } })
  })

  it('withhold the notices of a token’s end, which comes all the same', async () => {
    const { edge, client } = await joined(mint({ ttl: 100 }))
    edge.faults.set({ withholdWillExpire: true, withholdDidExpire: true })
    vi.advanceTimersByTime(100_000)
    await client.request('ping')
    expect(typesSeen({ edge })).toEqual(['joined', 'will-expire', 'did-expire'])
    expect(client.notices).toEqual([])
    expect(edge.sessions()).toEqual([])
  })

  it('delay the answers to those chosen', async () => {
    const { edge, client, connect } = await joined(mint())
    edge.faults.set({ answerDelayMs: 3000 }, { uid: 7 })
    const other = await connect()
    const ping = client.request('ping')
    expect(await hasAnswer(other, ping)).toBe(false)
    // Two timers of the session, and the answer’s.
    while (vi.getTimerCount() < 3) await other.request('ping')
    vi.advanceTimersByTime(2999)
    expect(await hasAnswer(other, ping)).toBe(false)
    vi.advanceTimersByTime(1)
    expect(await ping).toMatchObject(SUCCESS)
  })

  it('keep lines from coming about, for everybody', async () => {
    const { edge, connect } = await serveEdge()
    edge.faults.set({ cutLines: true })
    await expect(connect()).rejects.toThrow('socket hang up')
    edge.faults.clear()
    expect(await (await connect()).join(mint())).toMatchObject(SUCCESS)
  })

  it('break the line of those chosen when they join or come back', async () => {
    const server = await joined(mint(), { keepSeconds: 100 })
    server.edge.faults.set({ cutLines: true }, { uid: 7 })
    server.edge.dropConnections()
    await until(server, 'dropped')
    const [again, anew] = [await server.connect(), await server.connect()]
    void again.request('rejoin_v3', server.rejoin)
    void anew.join(mint())
    await Promise.all([again.closed, anew.closed])
    expect(typesSeen(server)).toEqual(['joined', 'dropped'])
  })
})

describe('a kept session', () => {
  it('is given up when its user does not come back in time', async () => {
    const server = await joined(mint(), { keepSeconds: 5 })
    server.edge.dropConnections()
    await until(server, 'dropped')
    vi.advanceTimersByTime(5000)
    expect(typesSeen(server)).toEqual(['joined', 'dropped', 'forsaken'])
    const reply = await (await server.connect()).request('rejoin_v3', server.rejoin)
    expect(reply).toMatchObject({ _result: 'failed', _message: { error_code: 2024 } })
  })
})

describe('a ban', () => {
  it('puts out those chosen, with a notice and no answer at the next join', async () => {
    const { edge, client, connect } = await joined(mint())
    expect(edge.ban({ uid: 8 })).toBe(0)
    expect(edge.ban({ uid: 7 })).toBe(1)
    const notice = { _message: { error_code: 14 } }
    expect(await client.notice('on_user_banned')).toMatchObject(notice)
    const again = await connect()
    const reply = again.join(mint())
    expect(await again.notice('on_user_banned')).toMatchObject(notice)
    expect(await hasAnswer(again, reply)).toBe(false)
    expect(typesSeen({ edge })).toEqual(['joined', 'banned', 'refused'])
    edge.unban()
    expect(await (await connect()).join(mint())).toMatchObject(SUCCESS)
  })
})

describe('a token that is ended', () => {
  it('puts those chosen out, and lets the next token in', async () => {
    const { edge, client, connect } = await joined(mint({ ttl: 100 }))
    expect(edge.endTokens({ uid: 8 })).toBe(0)
    expect(edge.endTokens({ uid: 7 })).toBe(1)
    vi.advanceTimersByTime(0)
    await client.notice('on_token_privilege_did_expire')
    expect(typesSeen({ edge })).toEqual(['joined', 'will-expire', 'did-expire'])
    expect(await (await connect()).join(mint({ ttl: 100 }))).toMatchObject(SUCCESS)
  })

  it('is refused when its session is resumed', async () => {
    const server = await joined(mint({ ttl: 100 }))
    server.edge.dropConnections()
    await until(server, 'dropped')
    server.edge.endTokens()
    const reply = await (await server.connect()).request('rejoin_v3', server.rejoin)
    expect(reply).toMatchObject({ _result: 'failed' })
    expect(typesSeen(server)).toEqual(['joined', 'dropped', 'rejoin-refused'])
  })
})

describe('the edge’s clock', () => {
  it('ends tokens early when it is ahead, in sessions that run too', async () => {
    const { edge, client } = await joined(mint({ ttl: 100 }))
    edge.skewClock(60_000)
    vi.advanceTimersByTime(10_000)
    await client.notice('on_token_privilege_will_expire')
    vi.advanceTimersByTime(30_000)
    await client.notice('on_token_privilege_did_expire')
    const times = edge.observations.all.map(({ type, at }) => [type, at - 1_800_000_000_000])
    expect(times).toEqual([
      ['joined', 0],
      ['will-expire', 10_000],
      ['did-expire', 40_000],
    ])
  })

  it('lets dead tokens in when it is behind', async () => {
    const { edge, connect } = await serveEdge()
    edge.skewClock(-120_000)
    const token = mint({ ttl: 60, issuedAt: 1_799_999_860 })
    expect(await (await connect()).join(token)).toMatchObject(SUCCESS)
  })
})

describe('a day', () => {
  it('is all a token gets, even one that claims more or is used again', async () => {
    const judge = () => ({ accepted: true, expiresAt: 1_900_000_000 }) as const
    const { edge, client } = await joined('for-ever', { judge })
    vi.advanceTimersByTime(80_000_000)
    await client.request('renew_token', { token: 'for-ever' })
    expect(edge.sessions()).toMatchObject([{ expiresAt: 1_800_086_400 }])
    vi.advanceTimersByTime(6_400_000)
    await client.notice('on_token_privilege_did_expire')
    expect(await client.join('for-ever')).toMatchObject({ _message: { error_code: 109 } })
  })
})
