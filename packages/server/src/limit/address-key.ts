const GROUPS_OF_A_NETWORK = 4
const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/**
 * What of an address a limit counts by. Of IPv6 that is the network of 64 bits: it is what one
 * customer gets, and whoever has it has more addresses than any limiter has memory. An IPv4 address
 * that a socket shows in IPv6 is counted as IPv4.
 *
 * @internal
 * @param ip as the host says it; what is no address is its own key
 */
export function addressKey(ip: string): string {
  if (!ip.includes(':')) return ip
  const mapped = MAPPED_IPV4.exec(ip)?.[1]
  return mapped ?? networkOf(ip)
}

function networkOf(ip: string): string {
  const [head = '', tail] = ip.toLowerCase().split('%', 1)[0]!.split('::')
  const first = groupsOf(head)
  const last = tail === undefined ? [] : groupsOf(tail)
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0')
  const groups = [...first, ...zeros, ...last].slice(0, GROUPS_OF_A_NETWORK)
  return `${groups.join(':')}::/64`
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':').map((group) => group.replace(/^0+(?=.)/, ''))
}
