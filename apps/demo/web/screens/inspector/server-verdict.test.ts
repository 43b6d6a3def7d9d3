import { createToken, explainToken, rtc } from '@rtc-token/core'
import { describe, expect, it } from 'vitest'
import { verdictOf } from './server-verdict.ts'

const PROJECT = { appId: 'a'.repeat(32), appCertificate: 'c'.repeat(32) }
const services = [rtc({ channel: 'room', uid: 7, role: 'publisher' })]
const token007 = createToken({ ...PROJECT, ttl: 600, services })
const swapped = createToken({
  appId: PROJECT.appCertificate,
  appCertificate: PROJECT.appId,
  ttl: 600,
  services,
})
const token006 = createToken({ ...PROJECT, ttl: 600, services, version: '006' })

describe('verdictOf', () => {
  it.each([
    ['good', 'a 007 token of this project', token007, {}],
    ['good', 'one for another channel', token007, { channel: 'elsewhere' }],
    ['bad', 'one signed elsewhere', token007, { appCertificate: 'f'.repeat(32) }],
    ['bad', 'one made with App ID and certificate swapped', swapped, {}],
    ['warn', 'a 006 token without names', token006, {}],
    ['good', 'a 006 token with its names', token006, { channel: 'room', uid: 7 }],
    ['bad', 'no token', 'nonsense', {}],
  ])('is %s for %s', (tone, _, token, expected) => {
    expect(verdictOf(explainToken(token, { ...PROJECT, ...expected })).tone).toBe(tone)
  })
})
