import { sha256Hex } from '@rtc-token/core'

import { addressKey } from './address-key.ts'
import type { LimitKind } from './rate-limiter.ts'

// 128 bits: no two keys share a counter, and a counter's name in a store stays short.
const DIGITS = 32
const LONGEST_PLAIN = 64

/**
 * Names a counter. Hashed, so that no store holds the names of users, and so that a long name costs
 * no more memory than a short one; by SHA-256, since a caller who finds two keys with one counter
 * can use up the limit of another. It hides nothing from who can guess a name and hash it too.
 *
 * A short name that stays in this process is left as it is: there, hashing would cost several times
 * as much as counting.
 *
 * @internal
 * @param isLocal whether the counter is in the memory of this process
 */
export function limitKey(kind: LimitKind, key: string, isLocal: boolean): string {
  const counted = kind === 'ip' ? addressKey(key) : key
  if (isLocal && counted.length <= LONGEST_PLAIN) return `${kind}=${counted}`
  return `${kind}:${sha256Hex(counted).slice(0, DIGITS)}`
}
