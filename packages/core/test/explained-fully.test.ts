import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainToken, type KnownService } from '../src/index.ts'
import { encode006 } from '../src/version-006/encode-006.ts'
import { encode007 } from '../src/version-007/encode-007.ts'

// NO_FAULT_FOUND may only follow when everything that was given was compared. Whether an expectation was
// compared shows when it is made wrong: then there has to be a fault.

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const issuedAt = 1_790_000_000
const NAMES = ['b', '0', '', '*', 'a*', '6f1d3a52-0c1e-11ee-be56-0242ac120002'] as const

// Mostly such as fit each other, or every token would have a fault.
const name = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('a', '7') },
  fc.constantFrom(...NAMES),
)
const life = fc.constantFrom(0, 60, 600)
const lives = (...names: readonly string[]) =>
  fc
    .subarray([...names])
    .chain((some) => fc.record(Object.fromEntries(some.map((right) => [right, life]))))
const login = lives('login')
const calls = { channel: name, user: name }

const service: fc.Arbitrary<KnownService> = fc.oneof(
  fc.record({
    service: fc.constant('rtc' as const),
    ...calls,
    privileges: lives('joinChannel', 'publishAudioStream'),
  }),
  fc.record({ service: fc.constant('rtm' as const), userId: name, privileges: login }),
  fc.record({
    service: fc.constant('streaming' as const),
    ...calls,
    privileges: lives('publishMixStream'),
  }),
  fc.record({ service: fc.constant('fpa' as const), privileges: login }),
  fc.record({
    service: fc.constant('chat' as const),
    userId: name,
    privileges: lives('user', 'app'),
  }),
  fc.record({
    service: fc.constant('apaas' as const),
    roomUuid: name,
    userUuid: name,
    role: fc.constant(1),
    privileges: lives('user'),
  }),
  fc.record({
    service: fc.constant('rtm2' as const),
    userId: name,
    permissions: fc.constant([]),
    privileges: login,
  }),
  fc.record({ service: fc.constantFrom('convoAI' as const, 'stt' as const), privileges: lives() }),
)

const token007 = fc
  .array(service, { maxLength: 4 })
  .map((services) =>
    encode007({ appId, issuedAt, expiresIn: 600, salt: 1, services }, appCertificate),
  )
const rights006 = fc.constantFrom(['joinChannel'], ['rtmLogin'], ['joinChannel', 'rtmLogin'], [])
const token006 = fc.tuple(name, name, rights006).map(([channel, user, rights]) => {
  const privileges = Object.fromEntries(rights.map((right) => [right, issuedAt + 600]))
  const claims = { appId, channel, user, salt: 1, privileges, tokenExpiresAt: issuedAt + 86_400 }
  return encode006(claims, appCertificate)
})

const GIVEN = {
  appId: fc.constant(appId),
  service: fc.constantFrom('rtc', 'rtm', 'rtm2', 'chat', 'streaming', 'apaas', 'convoAI', 'fpa'),
  channel: name,
  uid: fc.constantFrom(7, 0, null),
  account: name,
  userId: name,
  appCertificate: fc.constant(appCertificate),
  chanel: name,
}
const given = fc
  .subarray(Object.keys(GIVEN) as (keyof typeof GIVEN)[], { minLength: 1, maxLength: 5 })
  .chain((members) =>
    fc.record(Object.fromEntries(members.map((member) => [member, GIVEN[member]]))),
  )

/** What makes each expectation wrong for every token of these. */
const WRONG = {
  appId: appCertificate,
  service: 'fcdn',
  channel: 'nowhere',
  uid: 4_000_000_000,
  account: 'no one',
  userId: 'no one',
  appCertificate: appId.replace('9', '8'),
  chanel: 'b',
} as const

function codes(token: string, options: object): string[] {
  const { findings } = explainToken(token, { ...options, now: issuedAt + 1 })
  return findings.map(({ code }) => code)
}

describe('NO_FAULT_FOUND', () => {
  it('is never said where something that was given was not compared', () => {
    const compared = new Set<string>()
    fc.assert(
      fc.property(fc.oneof(token007, token006), given, (token, options) => {
        if (!codes(token, options).includes('NO_FAULT_FOUND')) return
        for (const member of Object.keys(options) as (keyof typeof WRONG)[]) {
          compared.add(member)
          const wrong = codes(token, { ...options, [member]: WRONG[member] })
          expect({ member, wrong }).toEqual({
            member,
            wrong: expect.not.arrayContaining(['NO_FAULT_FOUND']) as string[],
          })
        }
      }),
      { numRuns: 5000 },
    )
    // What is never compared is no part of it; all others are, in some of these tokens.
    expect([...compared].toSorted()).toEqual(
      Object.keys(WRONG)
        .filter((member) => member !== 'chanel')
        .toSorted(),
    )
  })

  it('is said of what is compared', () => {
    const services: KnownService[] = [{ service: 'rtm', userId: 'a', privileges: { login: 0 } }]
    const token = encode007({ appId, issuedAt, expiresIn: 600, salt: 1, services }, appCertificate)
    expect(codes(token, { appId, userId: 'a', appCertificate })).toEqual(['NO_FAULT_FOUND'])
  })
})
