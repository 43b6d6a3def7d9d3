import { describe, expect, it, vi } from 'vitest'

import { type MemoryLimiter, memoryLimiter } from '../../src/limit/memory-limiter.ts'
import type { TokenEvent } from '../../src/telemetry/token-event.ts'
import { granted, testEndpoint, tokenRequest } from '../support/token-endpoint.ts'

const perMinute = (name: string, limit: number): MemoryLimiter =>
  memoryLimiter({ name, limit, windowSeconds: 60 })

/** Asks twice, of which the limit of the user allows one, and that of the address both. */
async function askTooOften(): Promise<{ headers: Headers; events: readonly TokenEvent[] }> {
  const events: TokenEvent[] = []
  const { handler } = testEndpoint({
    limits: { perIp: perMinute('ip', 9), perSubject: perMinute('subject', 1) },
    onEvent: (event) => void events.push(event),
  })
  const context = { ip: '203.0.113.7' }
  await handler.fetch(tokenRequest(), context)
  const { status, headers } = await handler.fetch(tokenRequest(), context)
  expect(status).toBe(429)
  return { headers, events }
}

describe('a limit that refuses after another has let pass', () => {
  it('is among those that the headers tell of', async () => {
    const { headers } = await askTooOften()
    expect(headers.get('ratelimit')).toContain('"ip";r=7;')
    expect(headers.get('ratelimit')).toContain('"subject";r=0;')
    expect(headers.get('ratelimit-policy')).toBe('"ip";q=9;w=60, "subject";q=1;w=60')
  })

  it('is the one that the event names', async () => {
    const { events } = await askTooOften()
    expect(events.at(-1)).toMatchObject({ type: 'limited', limiter: 'subject' })
  })
})

describe('a limit that refuses first', () => {
  it('is the one that the event names', async () => {
    const events: TokenEvent[] = []
    const { handler } = testEndpoint({
      limits: { perSubject: perMinute('subject', 1) },
      onEvent: (event) => void events.push(event),
    })
    await handler.fetch(tokenRequest())
    await handler.fetch(tokenRequest())
    expect(events.at(-1)).toMatchObject({ type: 'limited', limiter: 'subject' })
  })
})

describe('a limit by channel', () => {
  it('counts no messaging, which has none', async () => {
    const perChannel = perMinute('channel', 1)
    const consume = vi.spyOn(perChannel, 'consume')
    const { handler } = testEndpoint({ services: ['rtc', 'rtm'], limits: { perChannel } })
    await granted(handler, tokenRequest({ services: ['rtm'], account: 'alice' }))
    expect(consume).not.toHaveBeenCalled()
    await granted(handler, tokenRequest())
    expect(consume).toHaveBeenCalledOnce()
  })
})
