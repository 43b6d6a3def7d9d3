import fc from 'fast-check'
import type agoraAccessToken from 'agora-access-token'
import type agoraToken from 'agora-token'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it, vi } from 'vitest'
import compat006, * as exports006 from '../src/compat/agora-access-token.ts'
import compat007, * as exports007 from '../src/compat/agora-token.ts'
import { type AnyBuilder, agoraPackage } from './support/agora-packages.ts'
import { restamp } from './support/restamp.ts'
import { contentOf } from './support/token-content.ts'

// Of numbers that look like another unit, as many here do.
beforeAll(() => void vi.spyOn(process, 'emitWarning').mockReturnValue())
afterAll(() => vi.restoreAllMocks())

const runs = { numRuns: 100 }
const hex32 = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('hex'))
const text = fc.string({ unit: 'grapheme', maxLength: 70 })
const u32 = fc.integer({ min: 0, max: 0xffffffff })
const user = fc.oneof(text, u32, fc.constantFrom(0, '0', '', 0xffffffff))
// What Buffer makes numbers of: nothing, decimals in text, fractions.
const seconds = fc.oneof(
  u32,
  fc.constantFrom(undefined, null),
  u32.map(String),
  fc.double({ min: 0, max: 86_400, noNaN: true }),
)
const life = fc.oneof(u32, u32.map(String), fc.double({ min: 0, max: 86_400, noNaN: true }))
const role = fc.constantFrom<unknown>(0, 1, 2, 101, 3, -1, '1', '0', '101', true, null, undefined)
const room = fc.oneof(fc.integer({ min: 1, max: 0x7fff }), fc.integer({ min: -0x8000, max: -1 }))
const permissions = fc
  .array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 2 }), fc.array(text, { maxLength: 4 })))
  .map((entries) => {
    const result = new compat007.Rtm2Permissions()
    for (const entry of entries) result.add(...entry)
    return result
  })
const rtcAndRtm = [text, user, role, life, seconds, seconds, seconds, seconds, text, seconds]

const FUNCTIONS_007: readonly (readonly [string, string, readonly fc.Arbitrary<unknown>[]])[] = [
  ['RtcTokenBuilder', 'buildTokenWithUid', [text, user, role, life, seconds]],
  ['RtcTokenBuilder', 'buildTokenWithUserAccount', [text, user, role, life, seconds]],
  [
    'RtcTokenBuilder',
    'buildTokenWithUidAndPrivilege',
    [text, user, life, seconds, seconds, seconds, seconds],
  ],
  [
    'RtcTokenBuilder',
    'BuildTokenWithUserAccountAndPrivilege',
    [text, user, life, seconds, seconds, seconds, seconds],
  ],
  ['RtcTokenBuilder', 'buildTokenWithRtm', [text, text, role, life, seconds]],
  ['RtcTokenBuilder', 'buildTokenWithRtm2', rtcAndRtm],
  ['ConvoAITokenBuilder', 'buildToken', rtcAndRtm],
  ['SttTokenBuilder', 'buildToken', rtcAndRtm],
  ['RtmTokenBuilder', 'buildToken', [text, life]],
  ['RtmTokenBuilder', 'buildTokenWithPermissions', [user, permissions, life]],
  ['ChatTokenBuilder', 'buildUserToken', [text, life]],
  ['ChatTokenBuilder', 'buildAppToken', [life]],
  ['FpaTokenBuilder', 'buildToken', []],
  ['ApaasTokenBuilder', 'buildRoomUserToken', [text, text, room, life]],
  ['ApaasTokenBuilder', 'buildUserToken', [text, life]],
  ['ApaasTokenBuilder', 'buildAppToken', [life]],
  ['EducationTokenBuilder', 'buildRoomUserToken', [text, text, room, life]],
  ['EducationTokenBuilder', 'buildUserToken', [text, life]],
  ['EducationTokenBuilder', 'buildAppToken', [life]],
]

describe('compat/agora-token', () => {
  const theirs = agoraPackage('agora-token')
  const ours = compat007 as unknown as typeof theirs

  it('exports what the package exports, as a whole and by name', () => {
    expect(Object.keys(ours).toSorted()).toEqual(Object.keys(theirs).toSorted())
    expect({ ...exports007 }).toEqual({ ...compat007, default: compat007 })
    expect(ours['RtcRole']).toEqual(theirs['RtcRole'])
    expect({ ...ours['Rtm2Permissions'] }).toEqual({ ...theirs['Rtm2Permissions'] })
  })

  it('takes what the typings of the package take', () => {
    expectTypeOf(compat007).toExtend<typeof agoraToken>()
    expectTypeOf<compat007.Rtm2Permissions>().toExtend<agoraToken.Rtm2Permissions>()
    let role = compat007.RtcRole.PUBLISHER
    role = compat007.RtcRole.SUBSCRIBER
    expect(role).toBe(2)
  })

  it('has every function of the package', () => {
    const functions = Object.entries(theirs).flatMap(([builder, value]) =>
      builder.endsWith('Builder') ? namesOf(value).map((name) => `${builder}.${name}`) : [],
    )
    const tested = FUNCTIONS_007.map(([builder, name]) => `${builder}.${name}`)
    expect(tested.toSorted()).toEqual(functions.toSorted())
  })

  it.each(FUNCTIONS_007)('%s.%s signs what the package signs', (builder, name, args) => {
    fc.assert(
      fc.property(hex32, hex32, fc.tuple(...args), (appId, appCertificate, rest) => {
        const token = ours[builder]![name]!(appId, appCertificate, ...rest)
        const original = theirs[builder]![name]!(appId, appCertificate, ...rest)
        const again = restamp(token, original, { appCertificate })
        expect(contentOf(again)).toBe(contentOf(original))
      }),
      runs,
    )
  })

  const wrong = fc.constantFrom(undefined, null, '', 'z'.repeat(32), 'a'.repeat(31), 'a'.repeat(33))

  it.each(FUNCTIONS_007)('%s.%s answers "" for a wrong App ID', (builder, name, args) => {
    fc.assert(
      fc.property(wrong, hex32, fc.boolean(), fc.tuple(...args), (bad, good, isFirst, rest) => {
        const ids = isFirst ? [bad, good] : [good, bad]
        expect(ours[builder]![name]!(...ids, ...rest)).toBe('')
        expect(theirs[builder]![name]!(...ids, ...rest)).toBe('')
      }),
      { numRuns: 20 },
    )
  })
})

describe('compat/agora-access-token', () => {
  const theirs = agoraPackage('agora-access-token')
  const ours = compat006 as unknown as typeof theirs

  it('exports what the package exports, as a whole and by name', () => {
    expect(Object.keys(ours).toSorted()).toEqual(Object.keys(theirs).toSorted())
    expect({ ...exports006 }).toEqual({ ...compat006, default: compat006 })
    expect(ours['RtcRole']).toEqual(theirs['RtcRole'])
    expect(ours['RtmRole']).toEqual(theirs['RtmRole'])
    for (const builder of ['RtcTokenBuilder', 'RtmTokenBuilder']) {
      expect(namesOf(ours[builder]!)).toEqual(namesOf(theirs[builder]!))
    }
  })

  it('takes what the typings of the package take', () => {
    expectTypeOf(compat006).toExtend<typeof agoraAccessToken>()
  })

  it.each(['buildTokenWithUid', 'buildTokenWithAccount'])(
    '%s signs what the package signs',
    (name) => {
      const requests = fc.tuple(hex32, hex32, text, user, role, seconds)
      fc.assert(
        fc.property(requests, (args) => {
          const [, appCertificate, channel, id] = args
          const token = ours['RtcTokenBuilder']![name]!(...args)
          const original = theirs['RtcTokenBuilder']![name]!(...args)
          const signedFor = { appCertificate, channel, user: id === 0 ? '' : String(id) }
          expect(restamp(token, original, signedFor)).toBe(original)
        }),
        runs,
      )
    },
  )

  it('RtmTokenBuilder.buildToken signs what the package signs', () => {
    fc.assert(
      fc.property(fc.tuple(hex32, hex32, text, role, seconds), (args) => {
        const [, appCertificate, channel] = args
        const token = ours['RtmTokenBuilder']!['buildToken']!(...args)
        const original = theirs['RtmTokenBuilder']!['buildToken']!(...args)
        expect(restamp(token, original, { appCertificate, channel })).toBe(original)
      }),
      runs,
    )
  })

  it('signs with made-up App IDs and certificates, as the package does', () => {
    const args = ['app', 'secret', 'room', 7, 1, 1_700_000_000]
    const token = ours['RtcTokenBuilder']!['buildTokenWithUid']!(...args)
    const original = theirs['RtcTokenBuilder']!['buildTokenWithUid']!(...args)
    expect(token).toHaveLength(original.length)
    expect(token.slice(0, 6)).toBe('006app')
  })
})

function namesOf(builder: AnyBuilder): string[] {
  const skipped = new Set(['length', 'name', 'prototype', 'key'])
  return Object.getOwnPropertyNames(builder).filter((name) => !skipped.has(name))
}
