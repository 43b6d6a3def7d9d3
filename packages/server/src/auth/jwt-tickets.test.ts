import { createHmac } from 'node:crypto'

import { type JWTPayload, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'

import { scopeOf } from './ticket-scope.ts'
import { createTickets } from './tickets.ts'

const SECRET = 'first-secret-0123456789-0123456789'
const OTHER = 'other-secret-0123456789-0123456789'
const NOW = 1_795_288_141
const CLAIMS = {
  aud: 'rtc-token ticket',
  exp: NOW + 300,
  subject: { id: 'guest-1' },
  channel: 'room-42',
  userId: '7',
  role: 'subscriber',
}

const { authenticate } = createTickets({ secrets: [OTHER, SECRET], clock: () => NOW * 1000 })

function jwtOf(changes: object = {}, secret = SECRET, header: object = {}): Promise<string> {
  const claims: JWTPayload = { ...CLAIMS, ...changes }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(new TextEncoder().encode(secret))
}

const byPath = (ticket: string): Request => new Request(`https://host.test/agora/t/${ticket}/rtc`)
const holder = async (request: Request): Promise<unknown> =>
  authenticate(request, { signal: new AbortController().signal })

describe('a JWT as a ticket', () => {
  it('is made with jose alone, and has the scope of its claims', async () => {
    const request = byPath(await jwtOf({ iat: NOW, iss: 'php', jti: '1' }, SECRET, { typ: 'JWT' }))
    expect(await holder(request)).toEqual({ id: 'guest-1' })
    const { channel, userId, role, exp: endsAt } = CLAIMS
    expect(scopeOf(undefined, request)).toEqual({ channel, userId, role, endsAt })
  })

  it.each<[string, object]>([
    ['another audience', { aud: 'sessions' }],
    ['no audience', { aud: undefined }],
    ['a list of audiences', { aud: ['rtc-token ticket'] }],
    ['no end', { exp: undefined }],
    ['an end of text', { exp: String(NOW + 300) }],
    ['an end in the past', { exp: NOW }],
    ['an end after more than a day', { exp: NOW + 86_461 }],
    ['no subject', { subject: undefined }],
    ['a subject of text', { subject: 'guest-1' }],
    ['a misspelled channel', { channel: undefined, chanel: 'room-42' }],
    ['a blank channel', { channel: '' }],
    ['a channel of another type', { channel: 42 }],
    ['an unknown role', { role: 'admin' }],
    ['a start', { nbf: NOW + 60 }],
  ])('is refused with %s', async (_name, changes) => {
    expect(await holder(byPath(await jwtOf(changes)))).toBeNull()
  })

  it('is refused when it is signed otherwise', async () => {
    const [header = '', payload = '', signature = ''] = (await jwtOf()).split('.')
    const none = btoa('{"alg":"none"}').replaceAll('=', '')
    const short = (await jwtOf({}, SECRET)).slice(0, -1)
    const hs512 = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'HS512' })
      .sign(new TextEncoder().encode(SECRET))
    const forged = [
      await jwtOf({}, 'guess-0123456789-0123456789-0123456789'),
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      `${header}.${payload}.${'A'.repeat(43)}`,
      `t1.${payload}.${signature}`,
      short,
      hs512,
    ]
    for (const ticket of forged) expect(await holder(byPath(ticket))).toBeNull()
  })

  it.each([{ alg: 'HS512' }, { alg: 'none' }, { alg: 'HS256', crit: ['b64'] }])(
    'is refused with the header %j, although a secret signed it',
    async (header) => {
      const [, payload = ''] = (await jwtOf()).split('.')
      const text = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}`
      const signature = createHmac('sha256', SECRET).update(text).digest('base64url')
      expect(await holder(byPath(`${text}.${signature}`))).toBeNull()
    },
  )

  it('counts in paths only, and not beside another ticket', async () => {
    const jwt = await jwtOf()
    const headers = { authorization: `Bearer ${jwt}` }
    expect(await holder(new Request('https://host.test/v1/tokens', { headers }))).toBeNull()
    expect(await holder(new Request(`https://host.test/t/${jwt}/t/${jwt}/rtc`))).toBeNull()
  })
})
