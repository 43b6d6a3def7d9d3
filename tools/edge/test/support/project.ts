import { createToken, rtc, type RtcUser } from '@rtc-token/core'

/** A made-up project. */
export const PROJECT = {
  appId: '0123456789abcdef0123456789abcdef',
  appCertificate: 'fedcba9876543210fedcba9876543210',
} as const

/** What a test wants of a token; by default one for uid 7 in "room" for 600 s. */
export interface MintOptions {
  readonly user?: RtcUser
  readonly channel?: string
  readonly ttl?: number
  readonly issuedAt?: number
  readonly version?: '007' | '006'
  readonly appCertificate?: string
}

/** Mints a token of the project with `@rtc-token/core`. */
export function mint({
  user = { uid: 7 },
  channel = 'room',
  ttl = 600,
  ...rest
}: MintOptions = {}): string {
  const services = [rtc({ ...user, channel, role: 'publisher' })]
  return createToken({ ...PROJECT, ttl, services, ...rest })
}
