import { type DecodedToken007, decodeToken } from '@rtc-token/core'
import type { TokenReply } from '@rtc-token/core/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Decision, Grant, Wish } from '../../src/policy.ts'
import { testEndpoint, tokenRequest } from '../support/token-endpoint.ts'

const RUNS = 2500
const MAX_TTL = 7200

const SERVICES = ['rtc', 'rtm', 'chat'] as const

// Mostly what makes sense, so that many a token is signed and yet no nonsense goes untried.
function mostly<T>(sane: fc.Arbitrary<T>, odd: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: sane }, { weight: 1, arbitrary: odd })
}

const junk = fc.constantFrom<unknown>(null, Number.NaN, '', '*', [], {}, true, -1, 0, 1.5, 1e21)
const name = mostly(
  fc.constantFrom('room-42', 'room-43', '7', '0'),
  fc.oneof(fc.constantFrom<unknown>('*', ' ', 'a/b', 'x'.repeat(64), '__proto__'), junk),
)
const uid = mostly(
  fc.constantFrom<unknown>(7, '7', 1234, 4_294_967_295),
  fc.oneof(fc.constantFrom<unknown>('0', 4_294_967_296, '4294967296'), junk),
)
const seconds = mostly(
  fc.oneof(fc.integer({ min: 60, max: 90_000 }), fc.constantFrom('15m', '2h')),
  fc.oneof(fc.constantFrom(1, 59, 86_401, 1e9), junk),
)
const lives = mostly(
  fc.integer({ min: 1, max: 90_000 }),
  fc.oneof(fc.constantFrom<unknown>(1e9, '15m'), junk),
)
const services = mostly(
  fc.subarray([...SERVICES], { minLength: 1 }),
  fc.oneof(fc.constant(['rtc', 'rtc']), fc.constant(['streaming']), junk),
)
const role = mostly(fc.constantFrom('publisher', 'subscriber'), fc.oneof(fc.constant('host'), junk))
const identity = fc.oneof(
  { weight: 6, arbitrary: fc.record({ uid }) },
  { weight: 6, arbitrary: fc.record({ account: name }) },
  { weight: 1, arbitrary: fc.record({ uid, account: name }) },
)

const wished = { services, role, ttl: seconds }
const wishes = fc
  .tuple(
    fc.record(wished, { requiredKeys: [] }),
    fc.record({ channel: name }),
    fc.oneof({ weight: 9, arbitrary: identity }, { weight: 3, arbitrary: fc.constant({}) }),
  )
  .map((parts) => Object.assign({}, ...parts) as object)

const privilege = mostly(
  fc.constantFrom('joinChannel', 'publishAudioStream', 'publishVideoStream'),
  fc.constant('publishEverything'),
) as fc.Arbitrary<string>
const grants = fc.record(
  {
    channel: mostly(fc.constant('room-42'), name),
    identity: mostly(identity, junk),
    role,
    ttl: lives,
    services,
    privileges: mostly(fc.dictionary(privilege, lives, { maxKeys: 3 }), junk),
    downgrade: fc.constant(true),
  },
  { requiredKeys: [], noNullPrototype: true },
)
function granting(more: object): fc.Arbitrary<object> {
  return grants.map((grant) => Object.assign({}, grant, more, { allow: true }))
}

const decisions: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: granting({}) },
  { weight: 1, arbitrary: granting({ project: 'other' }) },
  { weight: 1, arbitrary: granting({ unsafe: { wildcardChannel: true } }) },
  { weight: 2, arbitrary: fc.constant({ allow: true, role: 'publisher', identity: { uid: 7 } }) },
  { weight: 2, arbitrary: fc.constant({ allow: true, role: 'publisher' }) },
  { weight: 1, arbitrary: fc.anything() },
)

describe('whatever is wished and whatever the policy says', () => {
  it('signs no more than both, and nothing blank', { timeout: 60_000 }, async () => {
    let signed = 0
    const property = fc.asyncProperty(wishes, decisions, async (body, decision) => {
      const { status, reply, wish, failures } = await ask(body, decision)
      expect([200, 400, 403, 500]).toContain(status)
      expect(failures).toBe(status === 500 ? 1 : 0)
      if (!reply) return
      signed += 1
      expectNarrow(decodeToken(reply.token) as DecodedToken007, wish!, decision as Grant)
      expectHonest(reply, decodeToken(reply.token) as DecodedToken007)
    })
    await fc.assert(property, { numRuns: RUNS })
    // Else it says nothing.
    expect(signed).toBeGreaterThan(RUNS / 10)
  })

  it('answers a policy that says what is no decision with a 500', async () => {
    const nonsense = fc.anything().filter((value) => !isDecision(value))
    const property = fc.asyncProperty(nonsense, async (decision) => {
      const { status, failures } = await ask({ channel: 'room-42', uid: 7 }, decision)
      expect(status).toBe(500)
      expect(failures).toBe(1)
    })
    await fc.assert(property, { numRuns: 500 })
  })
})

let decision: unknown
let wish: Wish | undefined
const { handler, failures } = testEndpoint({
  services: SERVICES,
  ttl: { max: MAX_TTL },
  authorize: (ask) => {
    wish = ask.wish
    return decision as Decision
  },
})

async function ask(body: unknown, answer: unknown) {
  decision = answer
  wish = undefined
  failures.length = 0
  const { status, body: text } = await handler.respond(tokenRequest(JSON.stringify(body)))
  const json = JSON.parse(text) as object
  if (status !== 200) expect(text).not.toMatch(/00[67][A-Za-z0-9+/]{30}/)
  const reply = status === 200 ? (json as TokenReply) : undefined
  return { status, reply, wish, failures: failures.length }
}

function expectNarrow(token: DecodedToken007, wish: Wish, grant: Grant): void {
  const named = token.services.map(({ service }) => service)
  expect(wish.services).toEqual(expect.arrayContaining(named))
  if (grant.services) expect(grant.services).toEqual(expect.arrayContaining(named))
  expect(token.expiresIn).toBeLessThanOrEqual(Math.min(MAX_TTL, wish.ttl, grant.ttl ?? MAX_TTL))
  const user = textOf(wish.identity ?? grant.identity)
  for (const claims of token.services) {
    if (claims.service === 'rtc') expectRoom(claims, wish, grant)
    const signed = claims.service === 'rtc' ? claims.user : (claims as { userId: string }).userId
    expect(signed).toBe(user)
    expect(signed).not.toMatch(/^\s*\*?\s*$/)
    if (wish.identity?.uid !== undefined || grant.identity?.uid !== undefined) {
      expect(signed).not.toBe('0')
    }
  }
}

interface Room {
  readonly channel: string
  readonly privileges: Readonly<Record<string, number>>
}

function expectRoom({ channel, privileges }: Room, wish: Wish, grant: Grant): void {
  expect(channel).toBe(wish.channel)
  expect(channel).not.toMatch(/[*/]|^\s*$/)
  const publishes = Object.keys(privileges).some((privilege) => privilege.startsWith('publish'))
  if (publishes) expect([wish.role, grant.role]).toEqual(['publisher', 'publisher'])
  for (const [name, life] of Object.entries(privileges)) {
    const lives: Readonly<Record<string, number>> = grant.privileges ?? {}
    const most = Math.min(wish.ttl, grant.ttl ?? MAX_TTL, lives[name] ?? MAX_TTL)
    expect(life).toBeGreaterThan(0)
    expect(life).toBeLessThanOrEqual(most)
  }
}

function expectHonest(reply: TokenReply, token: DecodedToken007): void {
  expect(reply.expiresIn).toBeLessThanOrEqual(MAX_TTL)
  expect(reply.expiresIn).toBeGreaterThan(0)
  expect(reply.expiresAt).toBe(token.expiresAt)
  expect(reply.issuedAt).toBe(token.issuedAt)
  expect(reply.renewIn).toBeLessThanOrEqual(reply.expiresIn)
  expect(reply.services).toEqual(expect.arrayContaining(token.services.map((one) => one.service)))
  const rtc = token.services.find((claims) => claims.service === 'rtc')
  expect(reply.channel).toBe(rtc?.channel)
  expect(reply.role).toBe(
    rtc && (Object.keys(rtc.privileges).length > 1 ? 'publisher' : 'subscriber'),
  )
}

function textOf(identity: Wish['identity']): string | undefined {
  return identity && String(identity.uid ?? identity.account)
}

function isDecision(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'allow' in value
}
