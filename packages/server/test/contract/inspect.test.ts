import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

import { NOW, PROJECT, testEndpoint, tokenRequest } from '../support/token-endpoint.ts'
import { EVERYTHING_OPEN } from './everything-open.ts'

const u16 = (value: number): Buffer => Buffer.from([value & 255, value >> 8])
const u32 = (value: number): Buffer => Buffer.concat([u16(value & 65_535), u16(value >>> 16)])

/** A token with one service of an unknown number. */
function tokenOfUnknownService(): string {
  const signature = [u16(32), Buffer.alloc(32)]
  const head = [u16(32), Buffer.from(PROJECT.appId), u32(NOW), u32(3600), u32(1), u16(1)]
  const content = Buffer.concat([...signature, ...head, u16(999), u16(0)])
  return `007${deflateSync(content).toString('base64')}`
}

describe('an explanation of an unknown service', () => {
  it('says its bytes as text, and not as an object of numbers', async () => {
    const { handler } = testEndpoint(EVERYTHING_OPEN)
    const request = tokenRequest({ token: tokenOfUnknownService() }, { path: '/v1/tokens/inspect' })
    const response = await handler.fetch(request)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      decoded: {
        services: [{ service: 'unknown', type: 999, bytes: expect.any(String) as string }],
      },
    })
  })
})
