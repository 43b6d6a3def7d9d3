import { bareAddress, ipv4Within, ipv6Groups, NETWORKS_OF_IPV4 } from '../http/ip-address.ts'

const GROUPS_OF_A_NETWORK = 4

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
