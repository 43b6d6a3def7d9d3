import { AGORA_ROLE, RtcTokenBuilder007 } from '@rtc-token/agora-oracle'
import { createToken, type Identity, rtc } from '@rtc-token/core'
import { describe, expect, it } from 'vitest'
import { coreJudge, type Verdict } from './judge.ts'
import { mint, type MintOptions, PROJECT } from '../../test/support/project.ts'

const NOW = 1_800_000_000
const { appId, appCertificate } = PROJECT

function judge(token: string, user: Identity = { uid: 7 }, now = NOW): Verdict {
  const certificates = ['f'.repeat(32), appCertificate]
  const held = coreJudge(
    () => certificates,
    () => now * 1000,
  )
  return held(token, { appId, channel: 'room', user })
}

const mintThen = (options: MintOptions = {}): string => mint({ issuedAt: NOW - 10, ...options })

describe('coreJudge', () => {
  it.each(['007', '006'] as const)('accepts a good %s token until its end', (version) => {
    const token = mintThen({ version, ttl: 100 })
    expect(judge(token)).toEqual({ accepted: true, expiresAt: NOW + 90, mayPublish: true })
    expect(judge(token, { uid: 7 }, NOW + 89)).toMatchObject({ accepted: true })
    expect(judge(token, { uid: 7 }, NOW + 90)).toMatchObject({
      accepted: false,
      refusal: 'expired',
    })
  })

  it('accepts a token that the platform’s own builder made', () => {
    const who = [appId, appCertificate, 'room', 7] as const
    const token = RtcTokenBuilder007.buildTokenWithUid(...who, AGORA_ROLE.publisher, 600, 600)
    expect(judge(token, { uid: 7 }, Date.now() / 1000 + 1)).toMatchObject({ accepted: true })
    expect(judge(token, { uid: 8 }, Date.now() / 1000 + 1)).toMatchObject({ accepted: false })
  })

  it('accepts an account token for its account and a token for any user', () => {
    expect(judge(mintThen({ user: { account: 'ann' } }), { account: 'ann' }).accepted).toBe(true)
    expect(judge(mintThen({ user: { anyUser: true } })).accepted).toBe(true)
  })

  it.each([
    ['room', 7, true],
    ['ro*', 7, true],
    ['*', 0, true],
    ['', 0, true],
    ['hall-*', 7, false],
    ['room', 8, false],
  ])('accepts a token for channel %j and uid %j: %j', (channel, uid, accepted) => {
    const who = [appId, appCertificate, channel, uid] as const
    const token = RtcTokenBuilder007.buildTokenWithUid(...who, AGORA_ROLE.publisher, 600, 600)
    expect(judge(token, { uid: 7 }, Date.now() / 1000 + 1).accepted).toBe(accepted)
  })

  it.each<[string, MintOptions, string]>([
    ['another certificate', { appCertificate: 'a'.repeat(32) }, 'SIGNATURE_INVALID'],
    ['another channel', { channel: 'elsewhere' }, 'CHANNEL_MISMATCH'],
    ['another uid', { user: { uid: 8 } }, 'USER_MISMATCH'],
    ['an account in place of a uid', { user: { account: 'ann' } }, 'USER_MISMATCH'],
  ])('refuses a token for %s', (_what, options, reason) => {
    const refused = { accepted: false, refusal: 'invalid', reason }
    expect(judge(mintThen(options))).toEqual(refused)
  })

  it.each(['007', '006'] as const)('refuses a %s token without the right to join', (version) => {
    const services = [rtc({ uid: 7, channel: 'room', privileges: { publishAudioStream: 60 } })]
    const token = createToken({ ...PROJECT, ttl: 60, issuedAt: NOW, services, version })
    expect(judge(token)).toMatchObject({ refusal: 'invalid', reason: 'JOIN_PRIVILEGE_MISSING' })
  })

  it.each(['', 'hello', '007', '007AAAA', appId])('refuses %j, which is no token', (text) => {
    expect(judge(text)).toMatchObject({ accepted: false, refusal: 'invalid' })
  })
})
