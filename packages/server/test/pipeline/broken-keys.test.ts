import { verifyToken } from '@rtc-token/core'
import { describe, expect, it } from 'vitest'

import { certificateKeys } from '../../src/keys/certificate-keys.ts'
import type { Key, KeyRing } from '../../src/keys/key-ring.ts'
import { allow } from '../../src/policy/policy.ts'
import { granted, NOW, PROJECT, tokenRequest } from '../support/token-endpoint.ts'
import { BROKEN, breakableEndpoint, fail, RING } from '../support/breakable-endpoint.ts'

const NEXT_CERTIFICATE = 'fedcba9876543210fedcba9876543210'
const { appId, appCertificate } = PROJECT

describe('a broken ring of keys', () => {
  it.each<[string, KeyRing['signer']]>([
    ['throws', fail],
    ['rejects', () => Promise.reject(BROKEN)],
  ])('signs nothing when it %s', async (_name, signer) => {
    const { handler, failures } = breakableEndpoint({}, { ...RING, signer })
    const { status, body } = await handler.respond(tokenRequest())
    expect(status).toBe(503)
    expect(JSON.parse(body)).toMatchObject({ code: 'not_configured', retryAfter: 1 })
    expect(failures).toEqual([{ error: BROKEN, requestId: expect.any(String) as string }])
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no certificate', { id: 'x' }],
    ['a certificate that is none', { id: 'x', certificate: 'secret-but-short' }],
  ])('signs nothing with %s', async (_name, key) => {
    const { handler, failures } = breakableEndpoint({}, { ...RING, signer: () => key as Key })
    const { status, body } = await handler.respond(tokenRequest())
    expect(status).toBeGreaterThanOrEqual(500)
    expect(body + String(failures[0]?.error)).not.toContain('secret-but-short')
  })

  it('accepts no previous token while it cannot verify', async () => {
    const { handler } = breakableEndpoint({}, { ...RING, verifiers: fail })
    const { token } = await granted(handler, tokenRequest())
    const { status, body } = await handler.respond(tokenRequest({ previousToken: token }))
    expect(status).toBe(503)
    expect(body).not.toContain(token)
  })

  // Events contain the ids of all keys, but no request waits for them.
  it('ends no request when onError fails too', async () => {
    const rejections: unknown[] = []
    const note = (reason: unknown) => rejections.push(reason)
    process.on('unhandledRejection', note)
    const keys = { ...RING, verifiers: () => Promise.reject(new Error('no vault')) }
    const onError = () => Promise.reject(new Error('no log'))
    const { handler } = breakableEndpoint({ onEvent: () => {}, onError }, keys)
    await granted(handler, tokenRequest())
    await new Promise((resolve) => setTimeout(resolve, 10))
    process.off('unhandledRejection', note)
    expect(rejections).toEqual([])
  })

  it('signs with the key that it has, also with an audit', async () => {
    const { handler } = breakableEndpoint({ onEvent: () => {} }, { ...RING, verifiers: fail })
    expect((await handler.respond(tokenRequest())).status).toBe(200)
  })

  it('may be turned over in the middle of a request', async () => {
    const rotated = certificateKeys(NEXT_CERTIFICATE, appCertificate)
    let current = certificateKeys(appCertificate)
    const keys: KeyRing = { signer: () => current.signer(), verifiers: () => current.verifiers() }
    const turn = async () => {
      current = rotated
      return allow()
    }
    const { handler } = breakableEndpoint({ authorize: turn }, keys)
    const first = await granted(handler, tokenRequest())
    const checked = verifyToken(first.token, { appId, appCertificate: NEXT_CERTIFICATE, now: NOW })
    expect(checked.appId).toBe(appId)
    expect(() => verifyToken(first.token, { appId, appCertificate, now: NOW })).toThrow(
      expect.objectContaining({ code: 'SIGNATURE_INVALID' }),
    )
    await granted(handler, tokenRequest({ previousToken: first.token }))
  })
})
