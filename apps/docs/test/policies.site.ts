import { decodeToken } from '@rtc-token/core'
import { createTokenHandler, type TokenHandlerOptions } from '@rtc-token/server'
import { afterAll, describe, expect, it } from 'vitest'
import { folderOf } from './support/guide-folder.ts'
import { runVitest } from './support/run-vitest.ts'

// The files of "Policies by example", as a reader copies and runs them, and the attacks that the page names.

process.env['TICKET_SECRET'] = 'a-secret-of-32-characters-or-more'
const guide = folderOf('docs/policies.md')
afterAll(() => guide.remove())

const project = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}
const globex = { appId: '1'.repeat(32), appCertificate: '2'.repeat(32) }

type Ask = (subject: object, wish: object) => Promise<{ code?: string; [member: string]: unknown }>

/** Asks for a token as a subject; a refusal is its code. */
function asking(options: Partial<TokenHandlerOptions<object>>): Ask {
  const { issue } = createTokenHandler({
    project,
    authenticate: () => null,
    authorize: () => ({ allow: false }),
    ...options,
  })
  return (subject, wish) =>
    issue(subject, wish).then(
      (reply) => ({ ...reply, may: mayOf(reply.token) }),
      ({ code }: { code: string }) => ({ code }),
    )
}

function mayOf(token: unknown): readonly string[] {
  const { services } = decodeToken(String(token)) as { services: readonly { privileges: object }[] }
  return services.flatMap(({ privileges }) => Object.keys(privileges))
}

const publisher = { role: 'publisher' }
const [ann, bob, eve] = [{ id: 'ann' }, { id: 'bob' }, { id: 'eve' }]

describe('rooms', async () => {
  const { roomPolicy } = await guide.load('rooms.ts')
  const seats: Record<string, object> = { ann: { speaks: true }, bob: { speaks: false } }
  const rooms = { seat: async (room: string, id: string) => (room === 'a' ? seats[id] : undefined) }
  const ask = asking({ authorize: roomPolicy(rooms) })

  it('let members in', async () => {
    expect(await ask(ann, { channel: 'a', ...publisher })).toMatchObject({
      account: 'ann',
      ...publisher,
    })
    expect(await ask(bob, { channel: 'a' })).toMatchObject({ account: 'bob', may: ['joinChannel'] })
  })

  it.each([
    [eve, { channel: 'a' }, 'channel_forbidden'],
    [ann, { channel: 'b' }, 'channel_forbidden'],
    [bob, { channel: 'a', ...publisher }, 'role_forbidden'],
    [bob, { channel: 'a', account: 'ann' }, 'identity_forbidden'],
  ])('refuse %j what it wishes: %j', async (subject, wish, code) => {
    expect(await ask(subject, wish)).toEqual({ code })
  })
})

describe('tenants', async () => {
  const { tenantPolicy } = await guide.load('tenants.ts')
  const ask = asking({ project: { acme: project, globex }, authorize: tenantPolicy })
  const [ofAcme, ofGlobex] = [
    { ...ann, tenant: 'acme' },
    { ...bob, tenant: 'globex' },
  ]

  it('get tokens of their own project', async () => {
    const wish = { channel: 'globex.a' }
    expect(await ask(ofGlobex, wish)).toMatchObject({ appId: globex.appId })
  })

  it('do not get into the channels of others, nor renew their tokens', async () => {
    expect(await ask(ofAcme, { channel: 'globex.a' })).toEqual({ code: 'channel_forbidden' })
    expect(await ask(ofAcme, { channel: 'acme' })).toEqual({ code: 'channel_forbidden' })
    const { token: previousToken } = await ask(ofGlobex, { channel: 'globex.a' })
    expect(await ask(ofAcme, { previousToken })).toHaveProperty('code')
    expect(await ask(ofAcme, { previousToken, channel: 'acme.a' })).toHaveProperty('code')
  })
})

describe('guests', async () => {
  const { guestPolicy, invite, tickets } = await guide.load('guests.ts')
  const handler = createTokenHandler({
    project,
    authenticate: tickets.authenticate,
    authorize: guestPolicy,
  })
  const ask = async (url: string, wish: object) => {
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', headers, body: JSON.stringify(wish) }
    return (await handler.fetch(new Request(`http://localhost${url}`, request))).json()
  }

  it('get into the room of their ticket, to listen', async () => {
    const url = await invite('7', 'a')
    const { token, ...reply } = await ask(url, { channel: 'a' })
    expect(reply).toMatchObject({ account: 'guest-7', role: 'subscriber' })
    expect(mayOf(token)).toEqual(['joinChannel'])
    expect(await ask(url, { channel: 'b' })).toMatchObject({ code: 'channel_forbidden' })
    expect(await ask(url, { channel: 'a', ...publisher })).toMatchObject({
      code: 'role_forbidden',
    })
  })

  it('cannot change their ticket', async () => {
    const url = await invite('7', 'a')
    const forged = url.slice(0, 20) + (url[20] === 'x' ? 'y' : 'x') + url.slice(21)
    expect(await ask(forged, { channel: 'a' })).toMatchObject({ code: 'unauthenticated' })
  })
})

describe('a webinar', async () => {
  const { webinarPolicy } = await guide.load('webinar.ts')
  const standings: Record<string, string> = { ann: 'host', bob: 'audience' }
  const webinars = { standing: async (_: string, id: string) => standings[id] }
  const ask = asking({ authorize: webinarPolicy(webinars) })
  const onStage = { channel: 'launch', ...publisher }

  it('keeps strangers out and the audience silent', async () => {
    expect(await ask(eve, onStage)).toEqual({ code: 'channel_forbidden' })
    expect(await ask(bob, onStage)).toMatchObject({ role: 'subscriber', may: ['joinChannel'] })
    expect(await ask(ann, onStage)).toMatchObject({ ...publisher, expiresIn: 3600 })
  })

  it('lets a listener speak who was called up, until sent back', async () => {
    standings['bob'] = 'called up'
    const { token: previousToken, ...reply } = await ask(bob, onStage)
    expect(reply).toMatchObject({ ...publisher, expiresIn: 300 })
    standings['bob'] = 'audience'
    const next = await ask(bob, { previousToken, ...publisher })
    expect(next).toMatchObject({ role: 'subscriber', may: ['joinChannel'] })
  })
})

describe('a call of two', async () => {
  const { callPolicy } = await guide.load('calls.ts')
  const call = { caller: 'ann', callee: 'bob', state: 'ringing' }
  const calls = { find: async (id: string) => (id === 'c' ? call : undefined) }
  const ask = asking({ authorize: callPolicy(calls) })
  const refused = { code: 'channel_forbidden' }

  it('opens to both when it is taken, and to no other person', async () => {
    expect(await ask(ann, { channel: 'c', ...publisher })).toMatchObject({ uid: 1 })
    expect(await ask(bob, { channel: 'c', ...publisher })).toEqual(refused)
    call.state = 'active'
    expect(await ask(bob, { channel: 'c', ...publisher })).toMatchObject({ uid: 2 })
    expect(await ask(ann, { channel: 'c', uid: 2 })).toEqual({ code: 'identity_forbidden' })
    expect(await ask(eve, { channel: 'c' })).toEqual(refused)
    expect(await ask(ann, { channel: 'other' })).toEqual(refused)
  })

  it('closes when it has ended', async () => {
    const { token: previousToken } = await ask(ann, { channel: 'c' })
    call.state = 'ended'
    expect(await ask(ann, { previousToken })).toEqual(refused)
    expect(await ask(bob, { channel: 'c' })).toEqual(refused)
  })
})

describe('the test that readers copy', () => {
  it('passes', async () => {
    expect(await runVitest(guide.path)).toMatchObject({ failed: 0, passed: 14 })
  })

  it.each([
    [
      "if (!seat) return deny('channel_forbidden')",
      'if (!seat) return allow({ role: "publisher" })',
    ],
    ["seat.speaks ? 'publisher' : 'subscriber'", "'publisher'"],
    ['identity: { account: subject.id }, ', ''],
  ])('fails when the policy has %s no more', async (line, instead) => {
    await guide.changed('rooms.ts', line, instead, async () => {
      expect((await runVitest(guide.path)).failed).toBeGreaterThan(0)
    })
  })

  it.each([
    ["{ channel: 'stage', role: 'subscriber' }", "{ channel: 'stage', role: 'publisher' }"],
    ['{ identity: ({ id }) => ({ account: id }) },', ''],
    ["channel: 'team-*', role", "channel: '*', role"],
  ])('fails when the rules have %s no more', async (line, instead) => {
    await guide.changed('team.test.ts', line, instead, async () => {
      expect((await runVitest(guide.path)).failed).toBeGreaterThan(0)
    })
  })
})
