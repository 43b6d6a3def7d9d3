import { type Authenticator, firstOf } from '../auth/authenticator.ts'
import { describe, expect, it } from 'vitest'

import { testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'
import { Refusal } from './refusal.ts'
import type { TokenEvent } from '../telemetry/token-event.ts'
import { type AuthReason, faultOf, unauthenticated } from './auth-fault.ts'
import { session } from '../auth/session.ts'

const request = (): Request => new Request('http://localhost/')
const because =
  (reason: AuthReason, detail?: string): Authenticator<{ id: string }> =>
  (request) =>
    unauthenticated(request, reason, detail)

/** The event of a request that these refuse. */
async function eventOf(...authenticators: Authenticator<{ id: string }>[]): Promise<TokenEvent> {
  const events: TokenEvent[] = []
  const onEvent = (event: TokenEvent): void => void events.push(event)
  const { handler } = testEndpoint({ authenticate: firstOf(...authenticators), onEvent })
  const { status, body } = await handler.respond(tokenRequest())
  expect(status).toBe(401)
  expect(body).not.toContain('because')
  expect(events).toHaveLength(1)
  return events[0]!
}

describe('unauthenticated', () => {
  it('is the null of an authenticator, and says why to those who watch', async () => {
    expect(unauthenticated(request(), 'expired')).toBeNull()
    expect(await eventOf(because('expired', 'because it is late'))).toMatchObject({
      type: 'auth.failed',
      code: 'unauthenticated',
      status: 401,
      reason: 'expired',
      detail: 'because it is late',
    })
  })

  it('needs no detail', async () => {
    const event = JSON.parse(JSON.stringify(await eventOf(because('no_session')))) as object
    expect(event).toMatchObject({ reason: 'no_session' })
    expect(event).not.toHaveProperty('detail')
  })

  it('says of an authenticator that says nothing that it does not', async () => {
    expect(await eventOf(() => null)).toMatchObject({ reason: 'unspecified' })
  })

  it.each<[string, readonly Authenticator<{ id: string }>[], AuthReason]>([
    [
      'a wrong audience, and no ticket',
      ['wrong_audience', 'no_credential'].map(asked),
      'wrong_audience',
    ],
    ['no header, and a ticket that ended', ['no_credential', 'expired'].map(asked), 'expired'],
    ['no header, and no session', ['no_credential', 'no_session'].map(asked), 'no_session'],
    ['no JWT, and a secret that is none', ['malformed', 'wrong_secret'].map(asked), 'wrong_secret'],
    [
      'another issuer, and its own',
      ['wrong_issuer', 'wrong_signature'].map(asked),
      'wrong_signature',
    ],
    ['the new key, and the old one too late', ['wrong_signature', 'expired'].map(asked), 'expired'],
    ['two of a kind', ['expired', 'expired'].map(asked), 'expired'],
    ['one that says nothing', [because('malformed'), () => null], 'malformed'],
    ['one that says so by name', ['unspecified', 'no_credential'].map(asked), 'no_credential'],
  ])('tells of several who got furthest: %s', async (_what, authenticators, reason) => {
    expect(await eventOf(...authenticators)).toMatchObject({ reason })
    expect(await eventOf(...authenticators.toReversed())).toMatchObject({ reason })
  })

  it('hears the first of those who got as far', async () => {
    const both = [because('expired', 'because of one'), because('expired', 'because of two')]
    expect(await eventOf(...both)).toMatchObject({ detail: 'because of one' })
  })

  it('lets a session give a reason of its own', async () => {
    const closed = session((request) => unauthenticated(request, 'expired', 'because it is closed'))
    expect(await eventOf(closed)).toMatchObject({
      reason: 'expired',
      detail: 'because it is closed',
    })
  })

  it('is forgotten when another lets the caller in', async () => {
    const events: TokenEvent[] = []
    const authenticate = firstOf(because('expired'), () => ({ id: 'alice' }))
    const onEvent = (event: TokenEvent): void => void events.push(event)
    const { handler } = testEndpoint({ authenticate, onEvent })
    expect((await handler.respond(tokenRequest())).status).toBe(200)
    expect(events.filter(({ type }) => type === 'auth.failed')).toEqual([])
  })

  it('keeps a detail short, in one line and without credentials', async () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXRoaXM'
    const detail = `because\r\nof \u001B[31m\u2028 ${jwt} ${'x'.repeat(9999)}`
    const event = await eventOf(because('malformed', detail))
    const told = 'detail' in event ? (event.detail ?? '') : ''
    expect(told).toMatch(/^because {2}of {2}\[31m {2}\[redacted\] x+$/)
    expect(told.length).toBeLessThanOrEqual(300)
    expect(await eventOf(because('malformed', `${'x'.repeat(290)} ${jwt}`))).toMatchObject({
      detail: expect.stringMatching(/^x+ \[redacted$/),
    })
  })

  it('does without a detail that is not a string', async () => {
    const event = await eventOf(because('malformed', new Error('x') as never))
    expect(event).toMatchObject({ reason: 'malformed', detail: undefined })
  })

  it('knows no other reasons', () => {
    const start = (): unknown => unauthenticated(request(), 'because' as AuthReason)
    expect(start).toThrow(TypeError)
    expect(faultOf(request())).toBeUndefined()
  })

  it('is bounded where a refusal of your own says why', async () => {
    const why = { reason: 'because', detail: 'because it is so' } as never
    const refuse = (): never => {
      throw new Refusal('unauthenticated', undefined, { why })
    }
    expect(await eventOf(refuse)).toMatchObject({
      reason: 'unspecified',
      detail: 'because it is so',
    })
  })

  it('says of issue() without a subject that there was none', async () => {
    const events: TokenEvent[] = []
    const { handler } = testEndpoint({ onEvent: (event) => void events.push(event) })
    const issued = handler.issue(null as never, { channel: 'room-42', uid: 1 })
    await expect(issued).rejects.toMatchObject({ code: 'unauthenticated', detail: undefined })
    expect(events).toMatchObject([{ type: 'auth.failed', reason: 'no_subject' }])
  })
})

function asked(reason: string): Authenticator<{ id: string }> {
  return because(reason as AuthReason)
}
