import type { Member } from '../platform/member.ts'
import type { Role } from '../sessions/session.ts'
import type { StreamKind } from '../sessions/stream.ts'

/**
 * What the edge can see happen. `refused`: a token turned away at the access point or at a join; the
 * session, if there was one, is unaffected. `rejoined`: a session resumed by `rejoin_v3`, without a
 * token. `renew-swallowed`: a renewal arrived and was left without an answer on purpose. `dropped`:
 * the line broke, or another client took the uid. `forsaken`: a dropped session was not resumed in
 * time. `media`: the first RTP packet arrived.
 */
export type ObservationType =
  | 'refused'
  | 'joined'
  | 'rejoined'
  | 'rejoin-refused'
  | 'renewed'
  | 'renew-refused'
  | 'renew-swallowed'
  | 'will-expire'
  | 'did-expire'
  | 'role'
  | 'published'
  | 'publish-refused'
  | 'unpublished'
  | 'subscribed'
  | 'media'
  | 'banned'
  | 'left'
  | 'dropped'
  | 'forsaken'

/** One thing the edge saw. Names the token by its fingerprint only. */
export interface Observation extends Member {
  /** Unix milliseconds by the clock the edge was given, also when the edge's own is skewed. */
  readonly at: number
  readonly type: ObservationType
  /** The token presented where one was, else the one the session lives on. */
  readonly tokenFingerprint: string
  /** Why, for what was refused or dropped: a code such as `SIGNATURE_INVALID`. */
  readonly reason?: string
  /** For `refused` only. The SDK asks up to four access points for one join. */
  readonly where?: 'access-point' | 'gateway'
  /** For `role` only. */
  readonly role?: Role
  /** For `published` and `unpublished`: what it is about. */
  readonly kinds?: readonly StreamKind[]
}

/** Everything seen so far, oldest first, and a way to hear of the rest. */
export interface Observations {
  readonly all: readonly Observation[]
  /** Calls the listener for each observation from now on; returns the end of that. */
  subscribe(listener: (observation: Observation) => void): () => void
}

/** The side of {@link Observations} that the edge writes to. */
export interface ObservationLog extends Observations {
  record(observation: Omit<Observation, 'at'>): void
}

/** Creates an empty record; `clock` gives unix milliseconds. */
export function createObservationLog(clock: () => number): ObservationLog {
  const all: Observation[] = []
  const listeners = new Set<(observation: Observation) => void>()
  return {
    get all() {
      return [...all]
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    record(seen) {
      const observation = Object.freeze({ at: clock(), ...seen })
      all.push(observation)
      for (const listener of listeners) listener(observation)
    },
  }
}
