import type { RtcPrivilege } from '@rtc-token/core'
import type { Role } from '@rtc-token/core/contract'

import type { Grant, PreviousGrant, Wish } from './policy.ts'
import { Refusal } from '../errors/refusal.ts'

/** Seconds for each privilege of `rtc`. `undefined`: all privileges of the role, for as long as the token. */
export type Lives = Partial<Readonly<Record<RtcPrivilege, number>>>

/** Limits of how long a grant lives. */
export interface LifeBounds {
  /** The token that is renewed. */
  readonly previous?: Pick<PreviousGrant, 'privileges'> | undefined
  /** Unix seconds. Default 0. */
  readonly now?: number
  /** The shortest life of a token, in seconds. Default 1. */
  readonly minTtl?: number
}

type Granted = Pick<Wish, 'services' | 'role' | 'ttl'>

/** The privileges of each role. @internal */
export const PRIVILEGES_OF: Readonly<Record<Role, readonly RtcPrivilege[]>> = {
  subscriber: ['joinChannel'],
  publisher: ['joinChannel', 'publishAudioStream', 'publishVideoStream', 'publishDataStream'],
}

/**
 * Computes how long each granted privilege lives: as the policy says; otherwise, in a renewal, as in the
 * previous token; otherwise as long as the token.
 *
 * @internal
 * @throws {Refusal} forbidden when that is less than the shortest life of a token
 */
export function withLives<G extends Granted>(
  granted: G,
  said: Grant['privileges'],
  bounds: LifeBounds,
): G & { readonly privileges?: Lives } {
  const { services, ttl } = granted
  const isBounded = services.includes('rtc') && (said ?? bounds.previous) !== undefined
  const privileges = isBounded ? livesOf(granted, said, bounds) : undefined
  const life = Math.min(ttl, privileges?.joinChannel ?? ttl)
  const { minTtl = 1 } = bounds
  if (life < minTtl) {
    const detail = `The policy grants ${life} s, and a token lives at least ${minTtl} s`
    throw new Refusal('forbidden', detail)
  }
  if (!privileges) return granted
  const role = Object.keys(privileges).length > 1 ? 'publisher' : 'subscriber'
  return { ...granted, role, privileges }
}

function livesOf(
  { role, ttl }: Granted,
  said: Grant['privileges'],
  { previous, now = 0 }: LifeBounds,
): Lives {
  const lives = PRIVILEGES_OF[role].map((name): [RtcPrivilege, number] => [
    name,
    Math.min(ttl, said?.[name] ?? leftOf(name, previous, now)),
  ])
  return Object.fromEntries(lives.filter(([, life]) => life >= 1))
}

// A privilege that lasts as long as the right to join is extended with it. One that expires earlier keeps its
// expiry, or each renewal would extend it.
function leftOf(name: RtcPrivilege, previous: LifeBounds['previous'], now: number): number {
  if (!previous) return Infinity
  const { [name]: end = 0, joinChannel } = previous.privileges
  return end === joinChannel ? Infinity : Math.floor(end - now)
}
