import { readWithAgoraToken, readWithAgoraToken006 } from '@rtc-token/agora-oracle'
import { decodeToken, type Identity, verifyToken } from '@rtc-token/core'
import type { Role } from '@rtc-token/core/contract'
import { describe, expect, it } from 'vitest'

import { NOW, PROJECT } from '../../test/support/token-endpoint.ts'
import { createKey } from '../keys/key-ring.ts'
import { issueToken, renewalDelay } from './issue-token.ts'

const SIGNER = {
  appId: PROJECT.appId,
  key: createKey(PROJECT.appCertificate),
  version: '007',
  issuedAt: NOW,
  isFirst: true,
  random: () => 0,
} as const
const WISH = {
  services: ['rtc'],
  channel: 'room-42',
  identity: { uid: 1234 },
  role: 'publisher',
  ttl: 3600,
} as const

describe('issueToken', () => {
  it('says what it signed', () => {
    const { token, ...reply } = issueToken(WISH, SIGNER, 'id-1')
    expect(token).toMatch(/^007[A-Za-z0-9+/]+=*$/)
    expect(reply).toEqual({
      appId: PROJECT.appId,
      services: ['rtc'],
      channel: 'room-42',
      uid: 1234,
      role: 'publisher',
      issuedAt: NOW,
      expiresAt: NOW + 3600,
      expiresIn: 3600,
      renewIn: 2700,
      requestId: 'id-1',
    })
  })

  it('signs for each project that one key is used in', () => {
    for (const appId of [PROJECT.appId, 'a'.repeat(32), PROJECT.appId]) {
      const { token } = issueToken(WISH, { ...SIGNER, appId }, 'id-1')
      const expected = { appCertificate: PROJECT.appCertificate, appId, now: NOW }
      expect(verifyToken(token, expected).appId).toBe(appId)
    }
  })

  it('signs with the present certificate of a key that the app has written', () => {
    const key = { id: 'own', certificate: PROJECT.appCertificate }
    for (const certificate of [PROJECT.appCertificate, 'b'.repeat(32)]) {
      key.certificate = certificate
      const { token } = issueToken(WISH, { ...SIGNER, key }, 'id-1')
      expect(verifyToken(token, { appCertificate: certificate, now: NOW }).certificateIndex).toBe(0)
    }
  })

  const grants: [Identity, Role, number][] = [
    [{ uid: 1 }, 'publisher', 1],
    [{ uid: 4_294_967_295 }, 'subscriber', 86_400],
    [{ account: 'alice' }, 'publisher', 3600],
    [{ account: '0' }, 'subscriber', 60],
    [{ account: 'a b!#$%&()+-:;<=.>?@[]^_{|}~,' }, 'publisher', 3600],
  ]

  it.each(grants)('signs for %j as %s for %i s what agora-token reads', (identity, role, ttl) => {
    const reply = issueToken({ ...WISH, identity, role, ttl }, SIGNER, 'id-1')
    const read = readWithAgoraToken(reply.token, PROJECT.appCertificate)
    const ids = role === 'publisher' ? [1, 2, 3, 4] : [1]
    expect(read).toMatchObject({
      isSigned: true,
      appId: reply.appId,
      issuedAt: reply.issuedAt,
      expiresIn: reply.expiresIn,
      services: [
        {
          channel: reply.channel,
          user: String(reply.uid ?? reply.account),
          privileges: Object.fromEntries(ids.map((id) => [id, ttl])),
        },
      ],
    })
  })

  it.each(grants)('signs for %j as %s for %i s what core verifies', (identity, role, ttl) => {
    for (const version of ['007', '006'] as const) {
      const reply = issueToken({ ...WISH, identity, role, ttl }, { ...SIGNER, version }, 'id-1')
      const { channel = '', expiresAt } = reply
      const expected = { ...PROJECT, ...identity, channel, now: NOW }
      expect(verifyToken(reply.token, expected)).toMatchObject({ version, expiresAt })
      expect(expiresAt - reply.issuedAt).toBe(ttl)
    }
  })

  it('makes no two tokens alike', () => {
    const tokens = Array.from({ length: 100 }, () => issueToken(WISH, SIGNER, 'id-1').token)
    expect(new Set(tokens).size).toBe(100)
    expect(new Set(tokens.map((token) => decodeToken(token).salt)).size).toBe(100)
  })

  it.each(['007', '006'] as const)('signs in %s single privileges as they are', (version) => {
    const privileges = { joinChannel: 600, publishDataStream: 60 }
    const reply = issueToken({ ...WISH, privileges }, { ...SIGNER, version }, 'id-1')
    expect(reply).toMatchObject({ expiresIn: 600, expiresAt: NOW + 600, renewIn: 450 })
    expect(privilegesIn(reply.token)).toEqual({ 1: 600, 4: 60 })
  })

  it('ends messaging with no privilege of a channel', () => {
    const messaging = { ...WISH, services: ['rtm'], privileges: { joinChannel: 60 } } as const
    expect(issueToken(messaging, SIGNER, 'id-1')).toMatchObject({ expiresIn: 3600 })
  })

  it('signs nothing at no time', () => {
    expect(() => issueToken(WISH, { ...SIGNER, issuedAt: Number.NaN }, 'id-1')).toThrow(
      expect.objectContaining({ code: 'ISSUED_AT_INVALID' }),
    )
  })
})

/** Seconds by number, as agora-token reads them. */
function privilegesIn(token: string): object {
  if (token.startsWith('007')) {
    return readWithAgoraToken(token, PROJECT.appCertificate).services[0]!.privileges
  }
  const { privileges } = readWithAgoraToken006(token, PROJECT.appCertificate, 'room-42', '1234')
  return Object.fromEntries(Object.entries(privileges).map(([id, end]) => [id, end - NOW]))
}

describe('renewalDelay', () => {
  const LIVES = [86_400, 3600, 180, 179, 60, 10, 2, 1]
  const ALMOST_ONE = 1 - Number.EPSILON

  it.each([
    [86_400, 64_800, 60_480, 34_560],
    [3600, 2700, 2520, 1440],
    [180, 135, 126, 72],
    [179, 89, 71, 71],
    [60, 30, 24, 24],
    [10, 5, 4, 4],
    [2, 1, 1, 1],
    [1, 1, 1, 1],
  ])(
    'of %i s of life is %i s, or by chance down to %i s, to %i s for the first',
    (life, latest, earliest, first) => {
      expect(renewalDelay(life, 0, false)).toBe(latest)
      expect(renewalDelay(life, 0, true)).toBe(latest)
      expect(renewalDelay(life, ALMOST_ONE, false)).toBe(earliest)
      expect(renewalDelay(life, ALMOST_ONE, true)).toBe(first)
    },
  )

  it.each([true, false])(
    'is never later than without chance, and spread evenly (first: %s)',
    (isFirst) => {
      for (const life of LIVES) {
        const [latest, earliest] = [renewalDelay(life, 0, isFirst), renewalDelay(life, 1, isFirst)]
        for (let random = 0; random < 1; random += 0.01) {
          const delay = renewalDelay(life, random, isFirst)
          expect(delay).toBeLessThanOrEqual(latest)
          expect(Math.abs(delay - (latest - (latest - earliest) * random))).toBeLessThanOrEqual(1)
        }
      }
    },
  )
})
