import type { TokenIssued } from '../../src/telemetry/token-event.ts'

/** A request, as telemetry learns of it. */
export const REQUEST = { requestId: 'r', route: '/v1/tokens', method: 'POST' } as const

/** What every event about that request has. */
export const BASE = { time: 0, requestId: 'r', route: '/v1/tokens', ms: 1, phases: {} } as const

/** The event of a token that was signed for it. */
export const ISSUED: TokenIssued = {
  ...BASE,
  type: 'token.issued',
  status: 200,
  code: 'granted',
  intent: 'mint',
  ip: '192.0.2.1',
  subjectId: 'alice',
  channel: 'room-42',
  identity: { kind: 'account', value: 'alice' },
  role: 'publisher',
  services: ['rtc', 'rtm'],
  expiresIn: 1800,
  keyId: '1a2b3c4d',
  tokenFingerprint: '5e6f7a8b',
}
