import { describe, expect, it } from 'vitest'

import { matchesGlob } from '../policy/pattern.ts'
import { firstOf } from './authenticator.ts'
import { scopeOf, type TicketBounds } from './ticket-scope.ts'
import { createTickets, type Tickets, type TicketsOptions } from './tickets.ts'

interface Guest {
  readonly id: string
  readonly name?: string
}

const SECRET = 'first-secret-0123456789-0123456789'
const OTHER = 'other-secret-0123456789-0123456789'
const NOW = 1_795_288_141
const GUEST = { id: 'guest-1', name: 'Jörg 🎥' }
const CONTEXT = { signal: new AbortController().signal }

function ticketsAt(now = NOW, secrets = [SECRET]): Tickets<Guest> {
  return createTickets<Guest>({ secrets, clock: () => now * 1000 })
}

const byPath = (ticket: string, prefix = '/agora/t/'): Request =>
  new Request(`https://host.test${prefix}${ticket}/rtc/room/publisher/uid/7/?expiry=60`)

const byHeader = (ticket: string): Request =>
  new Request('https://host.test/v1/tokens', { headers: { authorization: `Bearer ${ticket}` } })

const holder = async (request: Request, tickets = ticketsAt()): Promise<unknown> =>
  tickets.authenticate(request, CONTEXT)

describe('createTickets', () => {
  it.each([byPath, byHeader])('knows who holds a ticket', async (request) => {
    const ticket = await ticketsAt().issue(GUEST, '5m')
    expect(ticket).toMatch(/^t1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/)
    expect(await holder(request(ticket))).toEqual(GUEST)
  })

  it('makes a fresh, frozen subject each time', async () => {
    const ticket = await ticketsAt().issue(GUEST, 60)
    const [first, second] = await Promise.all([holder(byPath(ticket)), holder(byPath(ticket))])
    expect(first).not.toBe(second)
    expect(Object.isFrozen(first)).toBe(true)
  })

  it('ends with the second that was said', async () => {
    const ticket = await ticketsAt().issue(GUEST, '5m')
    expect(await holder(byPath(ticket), ticketsAt(NOW + 299))).toEqual(GUEST)
    expect(await holder(byPath(ticket), ticketsAt(NOW + 300))).toBeNull()
  })

  it('signs with the first secret and knows all of them', async () => {
    const ticket = await ticketsAt(NOW, [OTHER, SECRET]).issue(GUEST, 60)
    expect(await holder(byPath(ticket), ticketsAt(NOW, [OTHER]))).toEqual(GUEST)
    expect(await holder(byPath(ticket), ticketsAt(NOW, [SECRET, OTHER]))).toEqual(GUEST)
    expect(await holder(byPath(ticket), ticketsAt(NOW, [SECRET]))).toBeNull()
  })

  it('refuses a ticket with any bit turned', async () => {
    const ticket = await ticketsAt().issue({ id: 'g' }, 60)
    const turned = [...ticket].flatMap((character, at) =>
      [1, 2, 4, 8, 16, 32, 64].map((bit) => {
        const other = String.fromCharCode(character.charCodeAt(0) ^ bit)
        return ticket.slice(0, at) + other + ticket.slice(at + 1)
      }),
    )
    // Those that no longer fit into a header or a path cannot be sent at all.
    const sendable = turned.filter((text) => /^[A-Za-z0-9._~+/-]+$/.test(text))
    expect(sendable.length).toBeGreaterThan(300)
    const holders = await Promise.all(sendable.map((text) => holder(byHeader(text))))
    expect(holders.filter((found) => found !== null)).toEqual([])
  })

  it('refuses another string for the bytes of the signature', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const ticket = await ticketsAt().issue({ id: 'g' }, 60)
    const twin = ticket.slice(0, -1) + alphabet[alphabet.indexOf(ticket.at(-1) ?? '') + 1]
    expect(Buffer.from(twin.slice(-43), 'base64url')).toEqual(
      Buffer.from(ticket.slice(-43), 'base64url'),
    )
    expect(await holder(byHeader(twin))).toBeNull()
  })

  it('refuses a ticket cut at any place, or with something behind it', async () => {
    const ticket = await ticketsAt().issue({ id: 'g' }, 60)
    const spoilt = [...ticket].map((_, at) => ticket.slice(0, at))
    for (const text of [...spoilt, `${ticket}A`, `${ticket}.`, `${ticket}=`, `x${ticket}`]) {
      expect(await holder(byPath(text))).toBeNull()
      expect(await holder(byHeader(text))).toBeNull()
    }
  })

  it('refuses a payload under the signature of another ticket', async () => {
    const own = (await ticketsAt().issue({ id: 'guest-1' }, 60)).split('.')
    const admin = (await ticketsAt(NOW, [OTHER]).issue({ id: 'admin' }, 60)).split('.')
    expect(await holder(byPath(`t1.${admin[1]}.${own[2]}`))).toBeNull()
  })

  it('refuses a signature that was made for something else with the same secret', async () => {
    const [, payload = ''] = (await ticketsAt().issue(GUEST, 60)).split('.')
    const { createHmac } = await import('node:crypto')
    const foreign = createHmac('sha256', SECRET).update(payload).digest('base64url')
    expect(await holder(byPath(`t1.${payload}.${foreign}`))).toBeNull()
  })

  it.each([
    'bm90IGpzb24',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('{"s":"alice","e":9999999999}').toString('base64url'),
    Buffer.from('{"s":{"id":"a"}}').toString('base64url'),
    Buffer.from('{"s":{"id":"a"},"e":"9999999999"}').toString('base64url'),
    Buffer.from('{"s":{"id":"a"},"e":9999999999,"r":"admin"}').toString('base64url'),
    Buffer.from('{"s":{"id":"a"},"e":9999999999,"c":7}').toString('base64url'),
    Buffer.from('{"s":{"id":"a"},"e":9999999999,"u":7}').toString('base64url'),
  ])('refuses a genuine ticket of an unknown shape: %s', async (payload) => {
    const { createHmac } = await import('node:crypto')
    const mac = createHmac('sha256', SECRET).update(`rtc-token ticket t1 ${payload}`)
    expect(await holder(byPath(`t1.${payload}.${mac.digest('base64url')}`))).toBeNull()
  })

  it.each([
    '/agora/',
    '/agora/t2/',
    '/agora/T/',
    '/agora/t/x/',
    '/t//',
    '/agora/x?a=/t/',
    '/a#/t/',
  ])('does not find a ticket behind %s', async (prefix) => {
    const ticket = await ticketsAt().issue(GUEST, 60)
    expect(await holder(byPath(ticket, prefix))).toBeNull()
  })

  it('takes no host for a part of the path', async () => {
    const ticket = await ticketsAt().issue(GUEST, 60)
    expect(await holder(new Request(`https://t/${ticket}/v1/tokens`))).toBeNull()
    expect(await holder(new Request(`https://t/t/${ticket}/v1/tokens`))).toEqual(GUEST)
  })

  it('refuses to choose between two tickets', async () => {
    const [mine, other] = [
      await ticketsAt().issue(GUEST, 60),
      await ticketsAt().issue({ id: 'other' }, 60),
    ]
    const authorization = `Bearer ${other}`
    const both = new Request(byPath(mine), { headers: { authorization } })
    expect(await holder(both)).toBeNull()
    expect(await holder(byPath(`${mine}/t/${other}`))).toBeNull()
    expect(await holder(byHeader(`${mine}, Bearer ${other}`))).toBeNull()
  })

  it('leaves the bearer tokens of others alone', async () => {
    const ticket = await ticketsAt().issue(GUEST, 60)
    const request = new Request(byPath(ticket), { headers: { authorization: 'Bearer ey.J.x' } })
    expect(await holder(request)).toEqual(GUEST)
    expect(await holder(byHeader('ey.J.x'))).toBeNull()
  })

  it.each([
    [undefined, 60, {}, 'ticket subject: object expected'],
    ['alice', 60, {}, 'ticket subject: object expected'],
    [['alice'], 60, {}, 'ticket subject: object expected'],
    [GUEST, 0, {}, /^ticket ttl: 1 to 86400 seconds.* expected, got 0$/],
    [GUEST, '25h', {}, /^ticket ttl: /],
    [GUEST, 1_795_288_141, {}, /^ticket ttl: /],
    [GUEST, 'soon', {}, /^ticket ttl: /],
    [GUEST, undefined, {}, /^ticket ttl: /],
    [GUEST, 60, { chanel: 'a' }, 'ticket scope: only channel, userId, role expected, got chanel'],
    [GUEST, 60, { channel: '' }, 'ticket scope.channel: non-empty string expected'],
    [GUEST, 60, { userId: '' }, 'ticket scope.userId: non-empty string expected'],
    [GUEST, 60, { userId: 7 }, 'ticket scope.userId: non-empty string expected'],
    [GUEST, 60, { role: 'admin' }, "ticket scope.role: 'publisher' or 'subscriber' expected"],
    [{ id: 'x'.repeat(1024) }, 60, {}, /^ticket: at most 1024 characters expected, got 1\d{3}/],
  ])('does not issue to %o for %o with %o', async (subject, ttl, scope, message) => {
    const issued = ticketsAt().issue(subject as Guest, ttl as number, scope as TicketBounds)
    await expect(issued).rejects.toThrow(TypeError)
    await expect(issued).rejects.toThrow(message)
  })

  it('issues for 24 hours and up to 1 KiB', async () => {
    const ticket = await ticketsAt().issue({ id: 'x'.repeat(660) }, '24h')
    expect(ticket.length).toBeGreaterThan(960)
    expect(await holder(byPath(ticket), ticketsAt(NOW + 86_399))).not.toBeNull()
    expect(await holder(byPath(ticket), ticketsAt(NOW + 86_400))).toBeNull()
  })

  it.each([
    [{ secrets: [] }, 'createTickets secrets: a list of at least one secret expected'],
    [{ secrets: ['short'] }, 'createTickets secrets[0]: at least 32 characters expected, got 5'],
    [{ clock: 0 }, 'createTickets clock: function expected'],
    [{ secret: SECRET }, 'createTickets options: only secrets, clock expected, got secret'],
  ])('stops the start at %o', (spoilt, message) => {
    const options = { secrets: [SECRET], ...spoilt } as unknown as TicketsOptions
    expect(() => createTickets(options)).toThrow(new TypeError(message))
  })
})

describe('scopeOf', () => {
  const SCOPE = { channel: 'room-*', userId: '7', role: 'subscriber' } as const

  it('tells the bounds of the holder of a ticket', async () => {
    const ticket = await ticketsAt().issue(GUEST, 60, SCOPE)
    const scope = scopeOf(await holder(byPath(ticket)))
    expect(scope).toEqual({ ...SCOPE, endsAt: NOW + 60 })
    expect(Object.isFrozen(scope)).toBe(true)
    expect(matchesGlob(scope?.channel ?? '', 'room-42')).toBe(true)
    expect(matchesGlob(scope?.channel ?? '', 'lobby')).toBe(false)
  })

  it('tells the end of a ticket without bounds', async () => {
    const ticket = await ticketsAt().issue(GUEST, 60)
    expect(scopeOf(await holder(byPath(ticket)))).toEqual({ endsAt: NOW + 60 })
  })

  it('survives firstOf', async () => {
    const tickets = ticketsAt()
    const request = byPath(await tickets.issue(GUEST, 60, SCOPE))
    const subject = await firstOf(() => null, tickets.authenticate)(request, CONTEXT)
    expect(scopeOf(subject)).toMatchObject(SCOPE)
  })

  it('survives an authenticator that makes another subject of it, by the request', async () => {
    const request = byPath(await ticketsAt().issue(GUEST, 60, SCOPE))
    const subject = { ...((await holder(request)) as Guest), isGuest: true }
    expect(scopeOf(subject)).toBeUndefined()
    expect(scopeOf(subject, request)).toMatchObject(SCOPE)
  })

  it.each([[{ id: 'guest-1' }], ['guest-1'], [null], [undefined]])(
    'has no bounds for %j, who came without a ticket',
    (subject) => {
      expect(scopeOf(subject, byPath('x'))).toBeUndefined()
    },
  )

  it('gives no bounds, and so no access, by a ticket that is not accepted', async () => {
    const request = byPath(await ticketsAt(NOW - 60).issue(GUEST, 60, SCOPE))
    expect(await holder(request)).toBeNull()
    expect(scopeOf(null, request)).toBeUndefined()
  })
})
