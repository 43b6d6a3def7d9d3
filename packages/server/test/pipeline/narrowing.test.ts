import { type DecodedToken007, decodeToken, type RtcPrivilege } from '@rtc-token/core'
import type { ServiceName, TokenReply } from '@rtc-token/core/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Ask, Decision, Grant, Wish } from '../../src/policy/policy.ts'
import {
  endOfPrivilege,
  endOfService,
  holds,
  opens,
  type PreviousModel,
  previousModels,
  signModel,
} from '../support/previous-model.ts'
import { NOW, testEndpoint, tokenRequest, type User } from '../support/token-endpoint.ts'

const RUNS = 25_000 * Number(process.env['RANDOM_SHARE'])
const SEED = Number(process.env['RANDOM_SEED'])
const TIMEOUT_MS = 60_000 + 10 * RUNS
const MAX_TTL = 7200
const MIN_TTL = 60

const SERVICES = ['rtc', 'rtm', 'chat'] as const
const PUBLISHING = ['publishAudioStream', 'publishVideoStream', 'publishDataStream'] as const

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

const renewals = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        services: fc.subarray([...SERVICES], { minLength: 1 }),
        role: fc.constantFrom('publisher', 'subscriber'),
        channel: fc.constantFrom('room-42', 'room-43'),
        uid: fc.constantFrom(7, 1234),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  { weight: 1, arbitrary: fc.constant({ channel: 'room-42', uid: 7 }) },
  { weight: 1, arbitrary: wishes },
)

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

const saneGrants = fc.record(
  {
    allow: fc.constant(true),
    role: fc.constantFrom('publisher', 'subscriber'),
    downgrade: fc.constant(true),
    ttl: fc.integer({ min: 60, max: 7200 }),
    privileges: fc.record(
      {
        joinChannel: fc.integer({ min: 60, max: 7200 }),
        publishAudioStream: fc.integer({ min: 1, max: 7200 }),
        publishVideoStream: fc.constant(3600),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  { requiredKeys: ['allow', 'downgrade'], noNullPrototype: true },
)

describe('every wish and every decision', () => {
  it('signs no more than both, and nothing blank', { timeout: TIMEOUT_MS }, async () => {
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
    await fc.assert(property, { numRuns: RUNS, seed: SEED })
    // Else it says nothing.
    expect(signed).toBeGreaterThan(RUNS / 10)
  })

  it(
    'renews no more than the previous token holds, and nothing else',
    { timeout: TIMEOUT_MS },
    async () => {
      const count = { renew: 0, mint: 0 }
      const property = fc.asyncProperty(
        previousModels,
        renewals,
        fc.oneof({ weight: 2, arbitrary: saneGrants }, decisions),
        async (model, body, decision) => {
          const previousToken = signModel(model)
          const asked = await ask({ ...body, previousToken }, decision)
          const { status, reply, wish, intent } = asked
          expect([200, 400, 403, 500]).toContain(status)
          expect(asked.failures).toBe(status === 500 ? 1 : 0)
          if (wish) expect(intent).toBe(isProved(model, wish) ? 'renew' : 'mint')
          if (!reply) return
          count[intent!] += 1
          const token = decodeToken(reply.token) as DecodedToken007
          // The role of a renewal is proved, and need not be granted.
          const proved = intent === 'renew' ? { role: wish!.role } : {}
          const grant = { ...proved, ...(decision as Grant) }
          expectNarrow(token, wish!, grant)
          expectHonest(reply, token)
          if (intent === 'renew') expectProved(token, model, grant)
        },
      )
      await fc.assert(property, { numRuns: RUNS, seed: SEED })
      expect(count.renew).toBeGreaterThan(RUNS / 10)
      expect(count.mint).toBeGreaterThan(RUNS / 100)
    },
  )

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
let asked: Pick<Ask<User>, 'wish' | 'intent'> | undefined
const { handler, failures } = testEndpoint({
  services: SERVICES,
  ttl: { max: MAX_TTL },
  authorize: (ask) => {
    asked = ask
    return decision as Decision
  },
})

function seenByPolicy(): Partial<Pick<Ask<User>, 'wish' | 'intent'>> {
  return { ...asked }
}

async function ask(body: unknown, answer: unknown) {
  decision = answer
  asked = undefined
  failures.length = 0
  const { status, body: text } = await handler.respond(tokenRequest(JSON.stringify(body)))
  const json = JSON.parse(text) as object
  if (status !== 200) expect(text).not.toMatch(/00[67][A-Za-z0-9+/]{30}/)
  const reply = status === 200 ? (json as TokenReply) : undefined
  return { status, reply, ...seenByPolicy(), failures: failures.length }
}

/** Whether a previous token proves all of a wish; that it is for the same channel and user is known. */
function isProved(model: PreviousModel, { services, channel, identity, role }: Wish): boolean {
  const mayPublish = PUBLISHING.some((name) => holds(model, name, NOW + 0.999))
  return (
    services.every((service) => opens(model, service, NOW + 0.999)) &&
    (channel === '' || opens(model, 'rtc', NOW + 0.999)) &&
    (!identity || model.user !== '') &&
    (!services.includes('rtc') || role === 'subscriber' || mayPublish)
  )
}

function expectProved(
  { services, issuedAt }: DecodedToken007,
  model: PreviousModel,
  grant: Grant,
): void {
  for (const claims of services) {
    expect(opens(model, claims.service as ServiceName, issuedAt)).toBe(true)
    const user = claims.service === 'rtc' ? claims.user : (claims as { userId: string }).userId
    if (model.user !== '') expect(user).toBe(model.user)
    if (claims.service !== 'rtc') continue
    expect(claims.channel).toBe(model.channel)
    for (const [name, life] of Object.entries(claims.privileges) as [RtcPrivilege, number][]) {
      if (grant.privileges?.[name] !== undefined) continue
      expect(holds(model, name, issuedAt)).toBe(true)
      const end = endOfPrivilege(model, name)!
      if (end < endOfService(model, 'rtc')!) expect(issuedAt + life).toBeLessThanOrEqual(end)
    }
  }
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
  expect(reply.expiresIn).toBeGreaterThanOrEqual(MIN_TTL)
  expect(reply.renewIn).toBeGreaterThanOrEqual(MIN_TTL * 0.4)
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
