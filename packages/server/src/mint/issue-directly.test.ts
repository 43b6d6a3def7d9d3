import { decodeToken } from '@rtc-token/core'
import type { TokenRequestBody } from '@rtc-token/core/contract'
import { describe, expect, it, vi } from 'vitest'

import { NOW, PROJECT, type User } from '../../test/support/token-endpoint.ts'
import { createTickets } from '../auth/tickets.ts'
import type { TokenHandlerOptions } from '../options/handler-options.ts'
import { memoryLimiter } from '../limit/memory-limiter.ts'
import { allow, deny } from '../policy/policy.ts'
import { createTokenHandler } from '../token-handler.ts'

const ALICE = { id: 'alice' }
const WISH: TokenRequestBody = { channel: 'room-42', uid: 7 }
const authenticate = vi.fn(() => null)
const onError = vi.fn()

function endpoint(options: Partial<TokenHandlerOptions<User>> = {}) {
  return createTokenHandler<User>({
    project: PROJECT,
    authenticate,
    authorize: () => allow(),
    clock: () => NOW * 1000,
    onError,
    ...options,
  })
}

describe('issue', () => {
  it('gives a token to a user that the app has authenticated', async () => {
    const reply = await endpoint().issue(ALICE, WISH)
    expect(reply).toMatchObject({ channel: 'room-42', uid: 7, role: 'subscriber', expiresIn: 3600 })
    expect(decodeToken(reply.token).appId).toBe(PROJECT.appId)
    expect(authenticate).not.toHaveBeenCalled()
  })

  it('asks the policy as ever', async () => {
    const authorize = vi.fn(() => deny('channel_forbidden', 'not your room'))
    const issued = endpoint({ authorize }).issue(ALICE, WISH, { ip: '203.0.113.7' })
    await expect(issued).rejects.toMatchObject({
      code: 'channel_forbidden',
      message: 'not your room',
    })
    expect(authorize).toHaveBeenCalledWith(
      expect.objectContaining({ subject: ALICE, ip: '203.0.113.7', intent: 'mint' }),
    )
  })

  it('counts the user that it is for', async () => {
    const perSubject = memoryLimiter({ name: 'who', limit: 1, windowSeconds: 60 })
    const { issue } = endpoint({ limits: { perSubject } })
    await issue(ALICE, WISH)
    await expect(issue(ALICE, WISH)).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 60 })
    await issue({ id: 'bob' }, WISH)
  })

  it.each<[unknown, string]>([
    [{ channel: '*', uid: 7 }, 'wildcard_refused'],
    [{ channel: 'room-42', uid: 0 }, 'identity_invalid'],
    [{ channel: 'room-42', uid: 7, ttl: NOW }, 'ttl_looks_absolute'],
    [{ channel: 'room-42', uid: 7, rol: 'publisher' }, 'invalid_request'],
    [null, 'invalid_request'],
  ])('signs nothing for %j', async (wish, code) => {
    await expect(endpoint().issue(ALICE, wish as TokenRequestBody)).rejects.toMatchObject({ code })
  })

  it.each([null, undefined, '', 0, false])('signs nothing for %o', async (nobody) => {
    const issued = endpoint().issue(nobody as unknown as User, WISH)
    await expect(issued).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('signs nothing after close', async () => {
    const handler = endpoint()
    handler.close()
    await expect(handler.issue(ALICE, WISH)).rejects.toMatchObject({ code: 'draining' })
  })

  it('holds who came with a ticket to its scope', async () => {
    const secrets = ['secret-of-the-tickets-of-this-test']
    const tickets = createTickets<User>({ secrets, clock: () => NOW * 1000 })
    const ticket = await tickets.issue(ALICE, '5m', { channel: 'room-42' })
    const request = new Request(`http://localhost/t/${ticket}/lobby`)
    const guest = await tickets.authenticate(request, { signal: request.signal })
    const { issue } = endpoint()
    await issue(guest!, WISH)
    const issued = issue(guest!, { ...WISH, channel: 'lobby' })
    await expect(issued).rejects.toMatchObject({ code: 'channel_forbidden' })
  })

  it('says what broke to onError only', async () => {
    onError.mockClear()
    const broken = new Error('broken')
    const authorize = () => Promise.reject(broken)
    const issued = endpoint({ authorize }).issue(ALICE, WISH)
    await expect(issued).rejects.toMatchObject({
      code: 'internal_error',
      message: 'internal_error',
    })
    expect(onError).toHaveBeenCalledWith(broken, expect.any(String))
  })

  it('gives up on a policy that hangs', async () => {
    const authorize = () => new Promise<never>(() => {})
    const issued = endpoint({ authorize, timeoutMs: 10 }).issue(ALICE, WISH)
    await expect(issued).rejects.toMatchObject({ code: 'policy_timeout' })
  })

  it('is in the audit, on a route of its own', async () => {
    const onEvent = vi.fn()
    const { issue } = endpoint({ onEvent })
    await issue(ALICE, WISH)
    await issue(ALICE, { channel: '*' }).catch(() => {})
    const told = onEvent.mock.calls.flat().filter((event) => 'requestId' in (event as object))
    expect(told).toMatchObject([
      { type: 'token.issued', route: 'issue', subjectId: 'alice' },
      { type: 'token.denied', route: 'issue', code: 'wildcard_refused' },
    ])
  })
})

describe('inspect', () => {
  it('says of a genuine token that all is well', async () => {
    const { issue, inspect } = endpoint()
    const { token } = await issue(ALICE, WISH)
    const { kind, findings } = await inspect({ token, channel: 'room-42', uid: 7 })
    expect(kind).toBe('token')
    expect(findings.filter(({ severity }) => severity === 'fatal')).toEqual([])
  })

  it('says what does not fit', async () => {
    const { issue, inspect } = endpoint()
    const { token } = await issue(ALICE, WISH)
    const { findings } = await inspect({ token, channel: 'room-43' })
    expect(findings.map(({ code }) => code)).toContain('CHANNEL_MISMATCH')
  })
})
