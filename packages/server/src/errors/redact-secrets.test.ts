import { createToken, fingerprint, rtc } from '@rtc-token/core'
import { describe, expect, it } from 'vitest'

import { costOfMasking } from '../../test/support/cost-of-masking.ts'
import { redactCredentials, redactSecrets } from './redact-secrets.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const project = {
  appId,
  appCertificate,
  ttl: 3600,
  services: [rtc({ channel: 'room', uid: 7, role: 'publisher' })],
}
const token007 = createToken(project)
const token006 = createToken({ ...project, version: '006' })
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXRoaXM'

const secrets = {
  'a certificate': appCertificate,
  'a certificate in lower case': appCertificate.toLowerCase(),
  'a secret of 64 hexadecimal digits': appCertificate + appId,
  'a token of version 007': token007,
  'a token of version 006': token006,
  'a token in a query string': encodeURIComponent(token007),
  'a JWT': jwt,
  'a JWT with a long header': jwt.replace('.', `${'x'.repeat(2000)}.`),
  'a bearer value': 'Bearer hunter2',
  'a bearer value in a query string': 'bearer%20hunter2',
  'an authorization header': 'Authorization: Basic aHVudGVyMg==',
  'a cookie': 'cookie: theme="dark"; session=hunter2',
  'a password in a URL': 'redis://me:hunter2@h',
  'a password in a URL that ought to be encoded': 'redis://me:h/u?nter2@h',
  'a password in a URL with another one in it': 'redis://me:h://x@unter2@h',
  'a long password in a URL': `redis://me:/${'hunter2'.repeat(200)}@h`,
}

/** What of a secret must not be seen: all of it, but for the word that tells its kind. */
function core(secret: string): string {
  return secret
    .replace(/^(bearer|authorization|cookie)\W*(%20)?/i, '')
    .replace(/^theme.*; |^redis:\/\/|@h$/g, '')
}

describe('redactSecrets', () => {
  it.each(Object.entries(secrets))('masks %s', (_name, secret) => {
    expect(redactSecrets(JSON.stringify(secret))).not.toContain(core(secret))
    expect(redactSecrets(secret.replaceAll('"', ''))).not.toContain(core(secret))
  })

  it.each(Object.entries(secrets))('masks %s anywhere in a line of JSON', (_name, secret) => {
    // Each of these ends in a letter once it is escaped, \f and the bell even in a hex digit.
    for (const before of ['', ' ', '\n', '\f', '\u0007', '"', "'", '\\', '=', '(']) {
      const inner = { err: { message: `failed${before}${secret}` } }
      for (const value of [inner, { inner: JSON.stringify(inner) }]) {
        const line = redactSecrets(JSON.stringify(value))
        expect(line).not.toContain(core(secret))
        expect(() => JSON.parse(line)).not.toThrow()
      }
    }
  })

  it('keeps a line of JSON valid, with any value behind the name of a header', () => {
    for (const after of ['\n', '"', '\\', "'x'", ' "a"; b', '']) {
      const line = redactSecrets(JSON.stringify({ message: `authorization: ${after}` }))
      expect(() => JSON.parse(line)).not.toThrow()
    }
  })

  it('names a token and a certificate by the fingerprint that audit events use', () => {
    expect(redactSecrets(`got ${token007}!`)).toBe(`got [redacted:${fingerprint(token007)}]!`)
    expect(redactSecrets(appCertificate)).toBe(`[redacted:${fingerprint(appCertificate)}]`)
  })

  it('gives no fingerprint of what could be guessed from it', () => {
    expect(redactSecrets('Bearer hunter2')).toBe('Bearer [redacted]')
  })

  it('leaves of a URL what is not secret', () => {
    expect(redactSecrets('connect redis://me:hunter2@cache:6379/0 failed')).toBe(
      'connect redis://[redacted]@cache:6379/0 failed',
    )
  })

  it('masks every URL of a list and every JWT of a line, and what stands before stays', () => {
    expect(redactSecrets('https://a:80/x,redis://b:c@d,redis://e:f/@g/h')).toBe(
      'https://a:80/x,redis://[redacted]@g/h',
    )
    expect(redactSecrets(`x://a@b/ http://c@d?e id_${jwt} ${jwt}.${jwt}`)).toBe(
      'x://[redacted]@b/ http://[redacted]@d?e id_[redacted] [redacted].[redacted]',
    )
  })

  it.each([
    'at file:///app/node_modules/.pnpm/got@14.1.0/index.js:3:5',
    'at http://localhost:5173/node_modules/got@14.1.0/index.js:3:5',
    '{"origins":["https://a.example","https://b.example:8443"],"account":"a@b"}',
    '{"text":"{\\"url\\":\\"https://a.example\\",\\"account\\":\\"a@b\\"}"}',
    'authorize did not answer within 5000 ms',
    'a bearer token is expected',
    'channel 0071234567890',
    '0b8f6d1c-3e9a-4a55-9d2e-0123456789ab',
    '{"keyId":"1a2b3c4d","tokenFingerprint":"5e6f7a8b","time":1795288141000}',
    '{"requestId":"4bf92f3577b34da6a3ce929d0e0e4736"}',
    '{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"}',
  ])('leaves %s as it is', (text) => {
    expect(redactSecrets(text)).toBe(text)
  })

  it.each([
    'a',
    '\\',
    '007',
    'eyJ',
    'eyJa',
    'eyJaaaaaaaa.',
    'authorization:',
    'bearer ',
    'bearer+ ',
    'cookie="',
    '://',
    '://a:',
    '://a:b/',
    '://@',
    '://a@',
    ':// ',
  ])('takes no longer for many a %j than for words', (part) => {
    expect(costOfMasking(redactSecrets, part)).toBeLessThan(50)
  })
})

describe('redactCredentials', () => {
  it('leaves hexadecimal digits alone, since a channel may be named so', () => {
    expect(redactCredentials(appCertificate)).toBe(appCertificate)
  })

  it('masks tokens', () => {
    expect(redactCredentials(token006)).toBe(`[redacted:${fingerprint(token006)}]`)
  })
})
