import { MAX_LIFE_SECONDS } from '../checks/limits.ts'
import type { ServiceClaims } from '../layout/layouts.ts'

/** The contents of a 007 token, unverified. */
export interface DecodedToken007 {
  readonly version: '007'
  readonly appId: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Seconds from `issuedAt`, as the token says. Agora cuts it off at 86400. */
  readonly expiresIn: number
  /**
   * Unix seconds: when Agora stops accepting the token. The earliest of `issuedAt` plus `expiresIn`, the end of
   * its join privileges, and 24 hours after `issuedAt`.
   */
  readonly expiresAt: number
  readonly salt: number
  readonly services: readonly ServiceClaims[]
}

/**
 * Returns when Agora stops accepting a 007 token, in Unix seconds. A privilege of 0 lasts as long as the
 * token, and nothing lasts longer than 24 hours.
 */
export function effectiveEnd007(
  issuedAt: number,
  expiresIn: number,
  services: readonly ServiceClaims[],
): number {
  let life = Math.min(expiresIn, MAX_LIFE_SECONDS)
  for (let i = 0; i < services.length; i++) life = lifeWith(services[i]!, life)
  return issuedAt + life
}

/** Returns the lifetime of a token in seconds: `life`, or less when a service's join privilege is shorter. */
export function lifeWith(claims: ServiceClaims, life: number): number {
  if (claims.service !== 'rtc') return life
  return Math.min(life, claims.privileges['joinChannel'] || life)
}
