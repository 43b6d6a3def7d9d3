import { FUNCTION, optional, readMembers, shown } from '../checks/kind.ts'
import type { Removals } from './removals.ts'

/** Options of {@link memoryRemovals}. */
export interface MemoryRemovalsOptions {
  /** Milliseconds since an arbitrary origin. Default `performance.now`, which is never set back. */
  readonly clock?: () => number
}

/** A store of removed users that answers synchronously. */
export interface MemoryRemovals extends Removals {
  has(keys: readonly string[]): readonly boolean[]
  add(keys: readonly string[], seconds: number): void
  delete(keys: readonly string[]): boolean
  readonly local: true
}

const WORDING = { whole: 'memoryRemovals options', member: 'memoryRemovals: ', got: shown }
const OPTIONS = { clock: optional(FUNCTION, () => performance.now()) }
const SWEPT_ABOVE = 1000

/**
 * Stores removals in the memory of this process, until it restarts. For several processes, or to keep removals over a
 * restart, use `redisRemovals`.
 *
 * @throws {TypeError} when an option is unknown or of the wrong type
 *
 * @example
 * createTokenHandler({ ...options, removals: memoryRemovals() })
 */
export function memoryRemovals(options: MemoryRemovalsOptions = {}): MemoryRemovals {
  const { clock } = readMembers(options, WORDING, OPTIONS)
  const ends = new Map<string, number>()
  let sweepAt = SWEPT_ABOVE
  const isKept = (key: string): boolean => (ends.get(key) ?? -Infinity) > clock()
  // Sweeps again at twice the size that is left, so that the cost for each key stays the same as the map grows.
  const sweep = (): void => {
    for (const key of ends.keys()) if (!isKept(key)) ends.delete(key)
    sweepAt = Math.max(SWEPT_ABOVE, 2 * ends.size)
  }
  return {
    local: true,
    has: (keys) => keys.map(isKept),
    add(keys, seconds) {
      const end = clock() + seconds * 1000
      for (const key of keys) ends.set(key, end)
      if (ends.size > sweepAt) sweep()
    },
    delete(keys) {
      const kept = keys.filter(isKept)
      for (const key of keys) ends.delete(key)
      return kept.length > 0
    },
  }
}
