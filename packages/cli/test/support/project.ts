import { createToken, type CreateTokenOptions, rtc } from '@rtc-token/core'

/** A project that exists in tests only. */
export const PROJECT = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
} as const

/** Its variables. */
export const ENV = {
  AGORA_APP_ID: PROJECT.appId,
  AGORA_APP_CERTIFICATE: PROJECT.appCertificate,
} as const

/** The time of tests, Unix seconds: 2026-11-29 20:00:00 UTC. */
export const NOW = 1_795_982_400

/** A token of an hour, issued 20 minutes before, for uid 7 in room-42; the same in every run. */
export function tokenOf(options: Partial<CreateTokenOptions> = {}): string {
  const services = [rtc({ channel: 'room-42', uid: 7, role: 'publisher' })]
  return createToken({ ...PROJECT, ttl: 3600, services, issuedAt: NOW - 1200, salt: 1, ...options })
}
