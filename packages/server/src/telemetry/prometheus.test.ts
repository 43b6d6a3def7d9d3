import { AggregatorRegistry, Registry } from 'prom-client'
import { describe, expect, it, vi } from 'vitest'

import { BASE, ISSUED, REQUEST } from '../../test/support/token-events.ts'
import { prometheus, type PrometheusTelemetry } from './prometheus.ts'
import type { TokenEvent, TokenIssued } from './token-event.ts'

const issued: TokenIssued = { ...ISSUED, tags: { tenant: 'acme' } }
const events: TokenEvent[] = [
  issued,
  issued,
  { ...issued, type: 'token.renewed', intent: 'renew', services: ['rtc'] },
  { ...BASE, type: 'token.denied', intent: 'mint', status: 403, code: 'channel_forbidden' },
  {
    ...BASE,
    type: 'auth.failed',
    intent: 'mint',
    status: 401,
    code: 'unauthenticated',
    reason: 'expired',
    detail: 'The exp of the JWT was 7 s ago',
  },
  { ...BASE, type: 'limited', intent: 'mint', status: 429, code: 'rate_limited', limiter: 'ip' },
  { ...BASE, type: 'policy.error', intent: 'mint', status: 503, code: 'policy_timeout' },
  { type: 'config.warning', time: 0, code: 'limiter_missing', detail: 'no limiter' },
]

async function samples({ metrics }: PrometheusTelemetry, name: string): Promise<string[]> {
  const lines = (await metrics()).split('\n')
  return lines.filter((line) => line.startsWith(name)).toSorted()
}

describe('prometheus', () => {
  it('counts decisions by route, outcome and code', async () => {
    const telemetry = prometheus()
    for (const event of events) telemetry.event(event)
    expect(await samples(telemetry, 'agora_token_requests_total')).toEqual([
      'agora_token_requests_total{route="/v1/tokens",outcome="denied",code="channel_forbidden"} 1',
      'agora_token_requests_total{route="/v1/tokens",outcome="error",code="policy_timeout"} 1',
      'agora_token_requests_total{route="/v1/tokens",outcome="issued",code="granted"} 2',
      'agora_token_requests_total{route="/v1/tokens",outcome="limited",code="rate_limited"} 1',
      'agora_token_requests_total{route="/v1/tokens",outcome="renewed",code="granted"} 1',
      'agora_token_requests_total{route="/v1/tokens",outcome="unauthenticated",code="unauthenticated"} 1',
    ])
  })

  it('counts those who were not recognised by the reason, and never by its detail', async () => {
    const telemetry = prometheus()
    for (const event of events) telemetry.event(event)
    expect(await samples(telemetry, 'agora_token_auth_failed_total')).toEqual([
      'agora_token_auth_failed_total{reason="expired"} 1',
    ])
    expect(await telemetry.metrics()).not.toContain('of the JWT')
  })

  it('counts signed tokens by service, role and intent, and their life', async () => {
    const telemetry = prometheus()
    for (const event of events) telemetry.event(event)
    expect(await samples(telemetry, 'agora_tokens_issued_total')).toEqual([
      'agora_tokens_issued_total{service="rtc",role="publisher",intent="mint"} 2',
      'agora_tokens_issued_total{service="rtc",role="publisher",intent="renew"} 1',
      'agora_tokens_issued_total{service="rtm",role="publisher",intent="mint"} 2',
    ])
    const life = await samples(telemetry, 'agora_token_ttl_seconds')
    expect(life).toContain('agora_token_ttl_seconds_bucket{le="900"} 0')
    expect(life).toContain('agora_token_ttl_seconds_bucket{le="1800"} 3')
    expect(life).toContain('agora_token_ttl_seconds_sum 5400')
  })

  it('gauges the requests in flight, those that fail included', async () => {
    const telemetry = prometheus()
    let finish = (): void => {}
    const waiting = telemetry.request(REQUEST, () => new Promise<void>((done) => (finish = done)))
    const failing = telemetry.request(REQUEST, () => Promise.reject(new Error('down')))
    expect(await samples(telemetry, 'agora_token_inflight')).toContain('agora_token_inflight 1')
    await expect(failing).rejects.toThrow('down')
    finish()
    await waiting
    expect(await samples(telemetry, 'agora_token_inflight')).toContain('agora_token_inflight 0')
  })

  it('times phases, those that fail included, and returns what they do', async () => {
    const telemetry = prometheus()
    expect(await telemetry.phase('sign', async () => 'token')).toBe('token')
    const failing = telemetry.phase('authorize', () => Promise.reject(new Error('down')))
    await expect(failing).rejects.toThrow('down')
    const lines = await samples(telemetry, 'agora_token_phase_seconds')
    expect(lines).toContain('agora_token_phase_seconds_count{phase="sign"} 1')
    expect(lines).toContain('agora_token_phase_seconds_count{phase="authorize"} 1')
    expect(
      lines.some((line) => line.startsWith('agora_token_phase_seconds_sum{phase="sign"} ')),
    ).toBe(true)
  })

  it('tells the age of the keys since the start, and since they changed', async () => {
    let now = 1_000_000
    const telemetry = prometheus({ clock: () => now })
    now += 90_000
    expect(await samples(telemetry, 'agora_keyring_age_seconds')).toEqual([
      'agora_keyring_age_seconds 90',
    ])
    telemetry.event({ type: 'key.changed', time: now - 500, keyId: '1a2b3c4d', verifierIds: [] })
    expect(await samples(telemetry, 'agora_keyring_age_seconds')).toEqual([
      'agora_keyring_age_seconds 0.5',
    ])
    // A clock that is set back.
    now -= 60_000
    expect(await samples(telemetry, 'agora_keyring_age_seconds')).toEqual([
      'agora_keyring_age_seconds 0',
    ])
  })

  it('counts the users that were removed, by what held', async () => {
    const telemetry = prometheus()
    const removed = { type: 'user.removed', time: 5, until: 65 } as const
    telemetry.event({ ...removed, refusal: 'held' })
    telemetry.event({ ...removed, refusal: 'held', ban: 'failed' })
    telemetry.event({ type: 'user.readmitted', time: 6 })
    expect(await samples(telemetry, 'agora_users_removed_total')).toEqual([
      'agora_users_removed_total{refusal="held",ban="failed"} 1',
      'agora_users_removed_total{refusal="held",ban="none"} 1',
    ])
    expect(await samples(telemetry, 'agora_token_requests_total')).toEqual([])
  })

  it('tells of several processes the age of the oldest keys', async () => {
    const ages = [10, 90].map(async (age) => {
      const clock = vi.fn(() => age * 1000).mockReturnValueOnce(0)
      return prometheus({ clock }).registry.getMetricsAsJSON()
    })
    const both = AggregatorRegistry.aggregate(await Promise.all(ages))
    expect(await both.metrics()).toContain('agora_keyring_age_seconds 90\n')
  })

  it('holds no user, channel, address, tag or id of a key', async () => {
    const telemetry = prometheus()
    for (const event of events) telemetry.event(event)
    const text = await telemetry.metrics()
    for (const value of ['room-42', 'alice', '192.0.2.1', 'acme', '1a2b3c4d', '5e6f7a8b']) {
      expect(text).not.toContain(value)
    }
  })

  it('makes no series without end, even of paths passed as routes', async () => {
    const telemetry = prometheus()
    for (let i = 0; i < 1000; i += 1) telemetry.event({ ...issued, route: `/rtc/room-${i}` })
    const lines = await samples(telemetry, 'agora_token_requests_total')
    expect(lines).toHaveLength(33)
    const rest = 'agora_token_requests_total{route="other",outcome="issued",code="granted"} 968'
    expect(lines).toContain(rest)
  })

  it('writes into a given registry, under a prefix', async () => {
    const registry = new Registry()
    const telemetry = prometheus({ registry, prefix: 'live_' })
    expect(telemetry.registry).toBe(registry)
    telemetry.event(issued)
    const text = await registry.metrics()
    expect(text).toContain('live_agora_token_requests_total{')
    const names = registry.getMetricsAsArray().map(({ name }) => name)
    expect(names.toSorted()).toEqual([
      'live_agora_keyring_age_seconds',
      'live_agora_token_auth_failed_total',
      'live_agora_token_inflight',
      'live_agora_token_phase_seconds',
      'live_agora_token_requests_total',
      'live_agora_token_ttl_seconds',
      'live_agora_tokens_issued_total',
      'live_agora_users_removed_total',
    ])
  })

  it('refuses options that it cannot use', () => {
    expect(() => prometheus({ prefix: '1-' })).toThrow(
      new TypeError('prefix: letters, digits, _ and : expected, got "1-"'),
    )
    expect(() => prometheus({ clock: 5 as never })).toThrow(
      new TypeError('clock: function expected, got number'),
    )
  })
})
