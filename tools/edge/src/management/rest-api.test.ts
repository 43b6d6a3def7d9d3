import { describe, expect, it } from 'vitest'
import { type EdgeServer, serveEdge } from '../../test/support/edge-server.ts'
import { mint, PROJECT } from '../../test/support/project.ts'

const { appId: appid } = PROJECT
const CUSTOMER = { customerId: 'customer', customerSecret: 'of the customer' }
const RULES = '/dev/v1/kicking-rule'
const NOW = 1_796_000_000_000

type Json = Readonly<Record<string, unknown>>

async function open() {
  const time = { now: NOW }
  const server = await serveEdge({ customer: CUSTOMER, clock: () => time.now })
  const call = (method: string, path: string, body?: object): Promise<Json> =>
    ask(server, method, path, body).then(({ json }) => json)
  const ban = (rule: object): Promise<Json> =>
    call('POST', RULES, { appid, privileges: ['join_channel'], ...rule })
  return { ...server, time, call, ban }
}

async function ask(
  { post }: EdgeServer,
  method: string,
  path: string,
  body?: object,
  credential = `${CUSTOMER.customerId}:${CUSTOMER.customerSecret}`,
) {
  const authorization = `Basic ${Buffer.from(credential).toString('base64')}`
  const sent = body === undefined ? null : JSON.stringify(body)
  const init = { method, headers: { authorization }, body: sent }
  const response = await post('api.agora.io', path, '', init)
  const json = (await response.json()) as Json
  return { status: response.status, headers: response.headers, json }
}

async function join({ connect, time }: Awaited<ReturnType<typeof open>>, changes = {}) {
  const client = await connect()
  const joining = client.join(mint({ issuedAt: time.now / 1000 }), changes)
  return { client, joining }
}

describe('the REST API', () => {
  it.each([
    ['no customer', undefined, 'customer:of the customer'],
    ['another secret', CUSTOMER, 'customer:of another'],
    ['nothing', CUSTOMER, ''],
  ])('refuses %s', async (_what, customer, credential) => {
    const server = await serveEdge(customer ? { customer } : {})
    const { status } = await ask(server, 'GET', `${RULES}?appid=${appid}`, undefined, credential)
    expect(status).toBe(401)
  })

  it('puts a user out at once, and keeps the token in hand from being used until the rule ends', async () => {
    const opened = await open()
    const { client, joining } = await join(opened)
    await joining
    const { id } = await opened.ban({ cname: 'room', uid: 7, time_in_seconds: 300 })
    await client.notice('on_user_banned')
    expect(opened.edge.sessions()).toEqual([])
    const again = await join(opened)
    await again.client.notice('on_user_banned')
    const { rules } = await opened.call('GET', `${RULES}?appid=${appid}`)
    const ts = new Date(NOW + 300_000).toISOString()
    const rule = { id, appid, cname: 'room', uid: 7, ip: '', ts, privileges: ['join_channel'] }
    expect(rules).toEqual([rule])
    opened.time.now += 300_000
    expect((await (await join(opened)).joining)._result).toBe('success')
    expect(await opened.call('GET', `${RULES}?appid=${appid}`)).toMatchObject({ rules: [] })
  })

  it.each([
    [{ time: 2 }, 120],
    [{ time: 2000 }, 86_400],
    [{ time_in_seconds: 300, time: 1 }, 300],
    [{ time_in_seconds: 1 }, 10],
    [{ time_in_seconds: 100_000 }, 86_430],
    [{}, 3600],
  ])('takes %j for %i s, without a word', async (length, seconds) => {
    const { ban, call } = await open()
    await ban({ uid: 7, ...length })
    const { rules } = await call('GET', `${RULES}?appid=${appid}`)
    expect(rules).toMatchObject([{ ts: new Date(NOW + seconds * 1000).toISOString() }])
  })

  it('puts out, and no more, for a time of 0', async () => {
    const opened = await open()
    const { client, joining } = await join(opened)
    await joining
    await opened.ban({ uid: 7, time: 0 })
    await client.notice('on_user_banned')
    expect((await (await join(opened)).joining)._result).toBe('success')
  })

  it('moves the end of a rule, and lifts it', async () => {
    const opened = await open()
    const { id } = await opened.ban({ uid: 7, time_in_seconds: 10 })
    await opened.call('PUT', RULES, { appid, id, time: 10 })
    opened.time.now += 60_000
    await (await join(opened)).client.notice('on_user_banned')
    await opened.call('DELETE', RULES, { appid, id })
    expect((await (await join(opened)).joining)._result).toBe('success')
  })

  it('closes a channel for all users, and keeps a user from publishing', async () => {
    const opened = await open()
    const { client, joining } = await join(opened)
    await joining
    await opened.ban({ uid: 7, privileges: ['publish_audio'] })
    const publish = (kind: string) =>
      client.request('publish', { ortc: [{ stream_type: kind, ssrcs: [{ ssrcId: 1 }] }] })
    expect((await publish('audio'))._result).toBe('failed')
    expect((await publish('video'))._result).toBe('success')
    await opened.ban({ cname: 'room' })
    await client.notice('on_user_banned')
  })

  it.each([
    [{ uid: '7' }, 'invalid uid'],
    [{}, 'cname, uid or ip expected'],
    [{ uid: 0 }, 'cname, uid or ip expected'],
    [{ uid: 7, privileges: ['sing'] }, 'invalid privileges'],
    [{ uid: 7, appid: 'another' }, 'invalid appid'],
    [{ ip: '10.0.0.1' }, 'the stand-in bans no addresses'],
  ])('takes no rule %j', async (rule, message) => {
    const { ban } = await open()
    expect(await ban(rule)).toEqual({ message })
  })

  it('says who is in a channel, and whether a user is', async () => {
    const opened = await open()
    const users = (channel: string) =>
      opened.call('GET', `/dev/v1/channel/user/${appid}/${channel}`)
    const status = (uid: number) =>
      opened.call('GET', `/dev/v1/channel/user/property/${appid}/${uid}/room`)
    expect(await users('room')).toEqual({ success: true, data: { channel_exist: false } })
    const { client, joining } = await join(opened)
    await joining
    expect(await users('room')).toEqual({
      success: true,
      data: { channel_exist: true, mode: 1, total: 1, users: [7] },
    })
    const data = { in_channel: true, uid: 7, join: NOW / 1000, role: 1 }
    expect(await status(7)).toEqual({ success: true, data })
    expect(await status(8)).toEqual({ success: true, data: { in_channel: false } })
    await client.join(mint({ issuedAt: NOW / 1000 }), { mode: 'live', role: 'audience' })
    expect(await users('room')).toEqual({
      success: true,
      data: { channel_exist: true, mode: 2, broadcasters: [], audience: [7], audience_total: 1 },
    })
    expect(await status(7)).toMatchObject({ data: { role: 3 } })
  })

  it('is not for pages', async () => {
    const { headers } = await ask(await open(), 'GET', `${RULES}?appid=${appid}`)
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})
