import { createToken, rtc } from '@rtc-token/core'
import { explainToken } from '@rtc-token/core/inspect'
import { describe, expect, it } from 'vitest'
import { EMPTY_QUESTION } from './expected-of.ts'
import { makeReport } from './report.ts'

const SALT = 123_456_789
const APP_ID = 'a1b2c3d4e5f60718293a4b5c6d7e8f90'
const services = [rtc({ channel: 'room', uid: 7, role: 'publisher' })]
const token = createToken({
  appId: APP_ID,
  appCertificate: 'c'.repeat(32),
  ttl: 600,
  services,
  salt: SALT,
})

function reportOn(text: string): string {
  const question = { ...EMPTY_QUESTION, token: text, channel: 'room-2', user: '7' }
  const explanation = explainToken(text, { channel: 'room-2', uid: 7 })
  return makeReport({
    question,
    fingerprint: '1a2b3c4d',
    explanation,
    verdict: { tone: 'good', text: 'Signed.' },
    now: new Date(0),
  })
}

describe('makeReport', () => {
  it('says what is wrong, with what it was compared and whether it is signed', () => {
    const report = reportOn(token)
    expect(report).toContain('Token 1a2b3c4d')
    expect(report).toContain('Compared with: {"channel":"room-2","uid":7}')
    expect(report).toContain('Signature: Signed.')
    expect(report).toContain('[fatal] CHANNEL_MISMATCH')
  })

  it('holds no part of the token, no salt and no whole App ID', () => {
    const report = reportOn(token)
    for (let at = 0; at + 12 <= token.length; at++) {
      expect(report).not.toContain(token.slice(at, at + 12))
    }
    expect(report).not.toContain(String(SALT))
    expect(report).not.toContain(APP_ID)
  })

  it('reports on a text that is no token', () => {
    expect(reportOn('nonsense')).toContain('It is no token.')
    expect(reportOn('nonsense')).not.toContain('nonsense')
  })
})
