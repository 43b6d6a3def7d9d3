import { sha256Hex } from '@rtc-token/core'

import type { LimitKind } from './rate-limiter.ts'
import { bareAddress, ipv4Within, ipv6Groups, NETWORKS_OF_IPV4 } from '../http/ip-address.ts'

// 128 bits: enough that no two keys share a counter, and short names in the store.
const DIGITS = 32
const LONGEST_PLAIN = 64
const MOST_HASHES = 1000
const GROUPS_OF_A_NETWORK = 4

/**
 * Returns the name of a counter: a hash, so that no store contains the names of users, and a long name needs no more
 * memory than a short one. It is SHA-256, because a caller that finds two keys with one counter could use up another
 * user's limit. It does not hide names that an attacker can guess and hash.
 *
 * A short name that stays in this process is not hashed, because hashing would cost several times as much as
 * counting.
 *
 * @internal
 * @param isLocal - whether the counter is in the memory of this process
 */
export function limitKey(kind: LimitKind, key: string, isLocal: boolean): string {
  return hashedKey(kind, kind === 'ip' ? addressKey(key) : key, isLocal)
}

/** Returns the name under which a store keeps what belongs to `key`, as {@link limitKey} says. @internal */
export function hashedKey(kind: string, key: string, isLocal: boolean): string {
  if (isLocal && key.length <= LONGEST_PLAIN) return `${kind}=${key}`
  return `${kind}:${hashOf(key)}`
}

// One request hashes the name of its caller for its limit and for removals, and the next one does so again.
const hashes = new Map<string, string>()

function hashOf(key: string): string {
  const known = hashes.get(key)
  if (known !== undefined) return known
  const hash = sha256Hex(key).slice(0, DIGITS)
  if (key.length > LONGEST_PLAIN) return hash
  if (hashes.size >= MOST_HASHES) hashes.clear()
  hashes.set(key, hash)
  return hash
}

/**
 * Returns the part of an address that a limit counts by. For IPv6 that is the 64-bit network: one customer gets a whole
 * one, with more addresses than any limiter can remember. An IPv4 address written as IPv6 is counted as IPv4,
 * because all of those are in one network.
 *
 * @internal
 * @param ip - as the host provides it, possibly with a port or in brackets; any other string is its own key
 */
export function addressKey(ip: string): string {
  const address = bareAddress(ip)
  const groups = ipv6Groups(address)
  return groups ? (ipv4Within(groups, NETWORKS_OF_IPV4) ?? networkOf(groups)) : address
}

function networkOf(groups: readonly number[]): string {
  const network = groups.slice(0, GROUPS_OF_A_NETWORK).map((group) => group.toString(16))
  return `${network.join(':')}::/64`
}
