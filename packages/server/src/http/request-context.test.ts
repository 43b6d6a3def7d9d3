import { describe, expect, it } from 'vitest'

import { testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'
import { memoryLimiter } from '../limit/memory-limiter.ts'

const OURS = { ip: '203.0.113.7', parsedBody: { channel: 'lobby', uid: 7 } }

async function fetched(context: object) {
  const perIp = memoryLimiter({ name: 'ip', limit: 9, windowSeconds: 60 })
  const { handler } = testEndpoint({ limits: { perIp } })
  const response = await handler.fetch(tokenRequest(), context)
  const { channel } = (await response.json()) as { channel: string }
  return { channel, limit: response.headers.get('ratelimit') }
}

describe('the context beside a request', () => {
  it('is believed where it is ours', async () => {
    expect(await fetched(OURS)).toEqual({ channel: 'lobby', limit: '"ip";r=8;t=60' })
  })

  it('is not believed where one member of it is another host’s', async () => {
    expect(await fetched({ ...OURS, KV: {} })).toEqual({ channel: 'room-42', limit: null })
  })
})
