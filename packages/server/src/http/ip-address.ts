// The longest address including quotes, brackets, port and zone is shorter than this.
const LONGEST = 100
const GROUPS = 8
// The usual case: plain IPv4, or IPv4 as a dual-stack socket shows it.
const IPV4 = /^(?:::ffff:)?(\d+\.[\d.]+)$/i
const IPV6 = /^[\da-f:]+$/i
const IPV4_AT_END = /^(.*:)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
const WRAPPED = /^(?:\[([^\]]*)\](?::\d{1,5})?|((?:\d{1,3}\.){3}\d{1,3}):\d{1,5})$/

/** The first six groups of an IPv6 address; in some networks the last two are an IPv4 address. */
type Network = readonly number[]

/** The network of IPv4-mapped addresses (RFC 4291), as dual-stack sockets show IPv4. @internal */
export const MAPPED: Network = [0, 0, 0, 0, 0, 0xffff]

/** All IPv6 networks that contain IPv4 addresses, including those of translators (RFC 7915, RFC 6052). @internal */
export const NETWORKS_OF_IPV4: readonly Network[] = [
  MAPPED,
  [0, 0, 0, 0, 0xffff, 0],
  [0x64, 0xff9b, 0, 0, 0, 0],
]

/**
 * Strips what sockets, proxies and hosts add to an address: `::ffff:`, blanks, quotes, the brackets of IPv6, a port,
 * and the zone, which has a meaning on one machine only. Returns a string that is too long for an address unchanged.
 *
 * @internal
 */
export function bareAddress(text: string): string {
  const ipv4 = IPV4.exec(text)?.[1]
  if (ipv4 !== undefined) return ipv4
  if (IPV6.test(text) || text.length > LONGEST) return text
  const trimmed = text.replace(/^[\s"]+|[\s"]+$/g, '')
  const [, bracketed, beforePort] = WRAPPED.exec(trimmed) ?? []
  return (bracketed ?? beforePort ?? trimmed).replace(/%.*/, '')
}

/**
 * Reads the eight numbers of an IPv6 address.
 *
 * @internal
 * @returns `undefined` for a string that is not an IPv6 address
 */
export function ipv6Groups(text: string): readonly number[] | undefined {
  if (text.length > LONGEST || !text.includes(':')) return undefined
  const [head = '', tail, more] = withoutIpv4(text).split('::')
  const first = groupsOf(head)
  const last = groupsOf(tail ?? '')
  const missing = GROUPS - first.length - last.length
  if (more !== undefined || (tail === undefined ? missing !== 0 : missing < 1)) return undefined
  const groups = [...first, ...Array<number>(missing).fill(0), ...last]
  return groups.some(Number.isNaN) ? undefined : groups
}

/**
 * Returns the IPv4 address that is embedded in an IPv6 address of one of these networks.
 *
 * @internal
 * @returns `undefined` for an address of another network
 */
export function ipv4Within(
  groups: readonly number[],
  networks: readonly Network[],
): string | undefined {
  const holds = (network: Network): boolean => network.every((group, i) => group === groups[i])
  if (!networks.some(holds)) return undefined
  return groups.slice(-2).flatMap(bytesOf).join('.')
}

function groupsOf(text: string): number[] {
  if (text === '') return []
  return text.split(':').map((group) => (/^[\da-f]{1,4}$/i.test(group) ? parseInt(group, 16) : NaN))
}

function withoutIpv4(text: string): string {
  if (!text.includes('.')) return text
  const [, head, ...bytes] = IPV4_AT_END.exec(text) ?? []
  if (head === undefined || bytes.some((byte) => Number(byte) > 0xff)) return text
  const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number)
  return `${head}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
}

function bytesOf(group: number): [number, number] {
  return [group >> 8, group & 0xff]
}
