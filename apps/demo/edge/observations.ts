import type { Member } from './member.ts'

/**
 * What the edge can see happen. `refused`: a token turned away at the access point or at a join;
 * the session, if there was one, is unaffected. `renew-swallowed`: a renewal arrived and was left
 * without an answer on purpose. `dropped`: the line broke, or somebody else took the uid.
 */
export type ObservationType =
  | 'refused'
  | 'joined'
  | 'rejoined'
  | 'renewed'
  | 'renew-refused'
  | 'renew-swallowed'
  | 'will-expire'
  | 'did-expire'
  | 'published'
  | 'left'
  | 'dropped'

/** One thing the edge saw. Names the token by its fingerprint only. */
export interface Observation extends Member {
  /** Unix milliseconds by the edge's clock. */
  readonly at: number
  readonly type: ObservationType
  /** The token presented where one was, else the one the session lives on. */
  readonly tokenFingerprint: string
  /** Why, for `refused`, `renew-refused` and `dropped`: a code such as `SIGNATURE_INVALID`. */
  readonly reason?: string
  /** For `refused` only. The SDK asks up to four access points for one join. */
  readonly where?: 'access-point' | 'gateway'
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
