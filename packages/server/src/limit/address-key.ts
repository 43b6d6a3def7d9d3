import { bareAddress, ipv4Within, ipv6Groups, NETWORKS_OF_IPV4 } from '../http/ip-address.ts'

const GROUPS_OF_A_NETWORK = 4

/**
 * What of an address a limit counts by. Of IPv6 that is the network of 64 bits: it is what one
 * customer gets, with more addresses in it than any limiter has memory. An IPv4 address
 * that is written as IPv6 is counted as IPv4: all of those are in one network.
 *
 * @internal
 * @param ip as the host says it, also with a port or in brackets; what is no address is its own key
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
