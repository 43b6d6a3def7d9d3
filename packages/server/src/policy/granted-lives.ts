import type { RtcPrivilege } from '@rtc-token/core'
import type { Role } from '@rtc-token/core/contract'

import type { Grant, PreviousGrant, Wish } from './policy.ts'
import { Refusal } from '../errors/refusal.ts'

/** The privileges of `rtc`, in seconds. Absent: all that the role has, for as long as the token. */
export type Lives = Partial<Readonly<Record<RtcPrivilege, number>>>

/** What bounds how long a grant lives. */
export interface LifeBounds {
  /** Of the token that is renewed. */
  readonly previous?: Pick<PreviousGrant, 'privileges'> | undefined
  /** Unix seconds. Default 0. */
  readonly now?: number
  /** Seconds that a token lives at least. Default 1. */
  readonly minTtl?: number
}

type Granted = Pick<Wish, 'services' | 'role' | 'ttl'>

/** What the roles stand for. @internal */
export const PRIVILEGES_OF: Readonly<Record<Role, readonly RtcPrivilege[]>> = {
  subscriber: ['joinChannel'],
  publisher: ['joinChannel', 'publishAudioStream', 'publishVideoStream', 'publishDataStream'],
}

/**
 * Settles how long each privilege of what was granted lives: as the policy says; else, in a renewal, as in
 * the previous token; else as the token.
 *
 * @internal
 * @throws {Refusal} forbidden when that is less than a token lives at least
 */
export function withLives<G extends Granted>(
  granted: G,
  said: Grant['privileges'],
  bounds: LifeBounds,
): G & { readonly privileges?: Lives } {
  const { services, ttl } = granted
  const privileges = services.includes('rtc') ? livesOf(granted, said, bounds) : undefined
  const life = Math.min(ttl, privileges?.joinChannel ?? ttl)
  const { minTtl = 1 } = bounds
  if (life < minTtl) {
    const detail = `The policy grants ${life} s, and a token lives ${minTtl} s at least`
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
): Lives | undefined {
  if (!said && !previous) return undefined
  const lives = PRIVILEGES_OF[role].map((name): [RtcPrivilege, number] => [
    name,
    Math.min(ttl, said?.[name] ?? leftOf(name, previous, now)),
  ])
  return Object.fromEntries(lives.filter(([, life]) => life >= 1))
}

// What lasts as long as the right to be in the channel goes on with it. What was to end earlier keeps its
// end, else each renewal would move it on.
function leftOf(name: RtcPrivilege, previous: LifeBounds['previous'], now: number): number {
  if (!previous) return Infinity
  const { [name]: end = 0, joinChannel } = previous.privileges
  return end === joinChannel ? Infinity : Math.floor(end - now)
}
