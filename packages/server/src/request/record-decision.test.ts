import { setImmediate } from 'node:timers/promises'

import { describe, expect, it, vi } from 'vitest'

import { granted, PROJECT, testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'
import { certificateKeys } from '../keys/certificate-keys.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { TokenEvent } from '../telemetry/token-event.ts'

const ring = certificateKeys(PROJECT.appCertificate)

/** An endpoint over these verifiers, and what it says of keys. */
function watched(verifiers: KeyRing['verifiers'] = () => ring.verifiers()) {
  const told: TokenEvent[] = []
  const keys = { signer: () => ring.signer(), verifiers }
  const { handler } = testEndpoint({
    project: { appId: PROJECT.appId, keys },
    onEvent: (event) => void (event.type === 'key.changed' && told.push(event)),
  })
  return { handler, told }
}

describe('the key that signs', () => {
  it('is told once, with those that verify', async () => {
    const { handler, told } = watched()
    await granted(handler, tokenRequest())
    await granted(handler, tokenRequest())
    const { id } = await ring.signer()
    expect(told).toMatchObject([{ type: 'key.changed', keyId: id, verifierIds: [id] }])
  })

  it('is told with the next token where those that verify were not known', async () => {
    const away = (): never => {
      throw new Error('no keys')
    }
    const { handler, told } = watched(vi.fn(() => ring.verifiers()).mockImplementationOnce(away))
    await granted(handler, tokenRequest())
    await setImmediate()
    expect(told).toEqual([])
    await granted(handler, tokenRequest())
    await setImmediate()
    expect(told).toHaveLength(1)
  })

  it('keeps a Worker alive until it is told', async () => {
    const { handler, told } = watched(async () => setImmediate(ring.verifiers()))
    const waitUntil = vi.fn<(promise: Promise<unknown>) => void>()
    await handler.respond(tokenRequest(), { waitUntil })
    await Promise.all(waitUntil.mock.calls.flat())
    expect(told).toHaveLength(1)
  })
})
