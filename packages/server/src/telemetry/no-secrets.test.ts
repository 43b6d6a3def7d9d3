import { createToken, rtc } from '@rtc-token/core'
import { pino } from 'pino'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { createAudit } from './audit.ts'
import { grantedEvent, refusedEvent, type RequestFacts } from './create-token-event.ts'
import { pinoEvents, REDACT } from './pino-events.ts'
import { prometheus } from './prometheus.ts'
import type { TokenEvent } from './token-event.ts'

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const project = { appId, appCertificate, ttl: 3600 }
const services = [rtc({ channel: 'room', uid: 7, role: 'publisher' })]
const token007 = createToken({ ...project, services })
const token006 = createToken({ ...project, services, version: '006' })
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXRoaXM'

// What a caller can send, or a careless hook hand on, in place of a name.
const credentials = {
  token007,
  token006,
  jwt,
  bearer: `Bearer ${jwt}`,
  cookie: `cookie: sid=${jwt}`,
}
const secrets = [token007, token006, jwt, appCertificate]

describe.each(Object.entries(credentials))('with %s in every string', (_name, secret) => {
  const facts: RequestFacts = {
    requestId: secret,
    route: '/v1/tokens',
    time: 0,
    ms: 1,
    ip: secret,
    subjectId: secret,
    wish: {
      services: ['rtc'],
      channel: secret,
      role: 'publisher',
      ttl: 60,
      identity: { account: secret },
    },
  }
  const signed = {
    granted: facts.wish!,
    token: secret,
    expiresIn: 60,
    keyId: '1a2b3c4d',
    tags: { secret, certificate: appCertificate },
  }
  const events: TokenEvent[] = [
    grantedEvent(facts, signed),
    grantedEvent({ ...facts, intent: 'renew' }, signed),
    refusedEvent(facts, 'role_forbidden'),
    refusedEvent(facts, 'unauthenticated'),
    refusedEvent(facts, 'internal_error'),
  ]

  let seen: string[]
  beforeEach(() => {
    seen = []
  })

  function expectNoSecret(): void {
    expect(seen.join('').length).toBeGreaterThan(500)
    for (const secret of secrets) expect(seen.join('\n')).not.toContain(secret)
  }

  it('keeps it out of the audit', () => {
    const onEvent = (event: TokenEvent): void => void seen.push(JSON.stringify(event))
    const audit = createAudit({ onEvent, required: false, timeoutMs: 50, onError: vi.fn() })
    for (const event of events) void audit(event)
    expectNoSecret()
  })

  it('keeps it out of the log, with and without the net below', () => {
    const stream = { write: (line: string) => void seen.push(line) }
    for (const logger of [pino({}, stream), pino(REDACT, stream)]) {
      for (const event of events) pinoEvents(logger).event(event)
    }
    expectNoSecret()
  })

  it('keeps it out of the metrics', async () => {
    const telemetry = prometheus()
    for (const event of events) telemetry.event(event)
    seen.push(await telemetry.metrics())
    expectNoSecret()
  })
})
