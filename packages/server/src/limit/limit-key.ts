import { sha256Hex } from '@rtc-token/core'

import { addressKey } from './address-key.ts'
import type { LimitKind } from './rate-limiter.ts'

// 128 bits: enough that no two keys share a counter, and short names in the store.
const DIGITS = 32
const LONGEST_PLAIN = 64

/**
 * Returns the name of a counter. It is a hash, so that no store contains the names of users and a long name takes no
 * more memory than a short one. It is SHA-256, because a caller that finds two keys with one counter could use up
 * another user's limit. It does not hide names that an attacker can guess and hash.
 *
 * A short name that stays in this process is not hashed, because hashing would cost several times as much as
 * counting.
 *
 * @internal
 * @param isLocal - whether the counter is in the memory of this process
 */
export function limitKey(kind: LimitKind, key: string, isLocal: boolean): string {
  const counted = kind === 'ip' ? addressKey(key) : key
  if (isLocal && counted.length <= LONGEST_PLAIN) return `${kind}=${counted}`
  return `${kind}:${sha256Hex(counted).slice(0, DIGITS)}`
}
