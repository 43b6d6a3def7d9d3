import { BlockList, isIP } from 'node:net'

import { bareAddress, ipv4Within, ipv6Groups, MAPPED } from '../http/ip-address.ts'

const NAMED = {
  loopback: ['127.0.0.0/8', '::1'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
} as const

type NamedNetwork = keyof typeof NAMED

/**
 * Which proxies may report the caller's address in `X-Forwarded-For`: a list of addresses, ranges such as `10.0.0.0/8`
 * and the names `loopback`, `linklocal` and `uniquelocal` (private networks); or a number of hops, 0 to 32, where 1
 * trusts the proxy that has connected, at any address.
 *
 * The last 1024 characters of the header are read from the end. The caller is the first address that is not a trusted
 * proxy. Ports, brackets and quotes are removed. If an entry is not an address, the caller is the proxy that added it.
 * The header `Forwarded` is not read.
 *
 * `true` trusts every proxy and takes the first address. Use it only if every request comes through a proxy that
 * discards the caller's own header; the same applies to a number of hops that is too high. Default `false`: the
 * caller's address is the address of the connection.
 */
export type TrustProxy =
  | boolean
  | number
  | 'loopback'
  | 'linklocal'
  | 'uniquelocal'
  | readonly string[]

/** Whether an address, at a number of hops, is a trusted proxy. The address of a Unix socket is `undefined`. */
export type ProxyTrust = (address: string | undefined, hop: number) => boolean

const MOST_HOPS = 32
const MOST_CHARACTERS = 1024
const MOST_REMEMBERED = 1000
const BITS = { ipv4: 32, ipv6: 128 } as const
const EXPECTED =
  "a boolean, a number of hops from 0 to 32, 'loopback', 'linklocal', 'uniquelocal' or a list of addresses, ranges such as 10.0.0.0/8 and these names expected"

/**
 * Checks the option.
 *
 * @internal
 * @returns `undefined` when no proxy is trusted
 * @throws {TypeError} when it is of the wrong type, or an entry is not an address, range or name
 */
export function checkTrustProxy(value: TrustProxy): ProxyTrust | undefined {
  if (value === false || value === 0) return undefined
  if (value === true) return () => true
  if (typeof value === 'number' && isHops(value)) return (_address, hop) => hop < value
  if (typeof value === 'string' && isNamed(value)) return trustListed([value])
  if (Array.isArray(value)) return trustListed(value)
  throw expected(shown(value))
}

/**
 * Returns the address of the caller in a normal form: without a port, and as plain IPv4 if it is IPv4 written
 * as IPv6.
 *
 * @internal
 * @param connection - the address at the other end of the connection
 * @param forwarded - `X-Forwarded-For`, to which each proxy appends the address of its own client
 */
export function clientAddress(
  connection: string | undefined,
  trust?: ProxyTrust,
  forwarded?: string | readonly string[] | null,
): string | undefined {
  let address = connection ? (plainAddress(connection) ?? connection) : undefined
  if (!trust || !forwarded) return address
  const hops = lastHops(String(forwarded))
  for (let hop = 0; trust(address, hop); hop += 1) {
    const next = plainAddress(hops.pop() ?? '')
    if (next === undefined) break
    address = next
  }
  return address
}

/**
 * Returns a bare address, IPv4 in its plain form; `undefined` for a string that is not an address.
 *
 * @internal
 */
export function plainAddress(text: string): string | undefined {
  const address = bareAddress(text)
  const version = isIP(address)
  if (version !== 6) return version === 4 ? address : undefined
  const groups = ipv6Groups(address)
  return (groups && ipv4Within(groups, [MAPPED])) ?? address
}

// Limits the work that a caller can cause; the entries of proxies are at the end.
function lastHops(forwarded: string): string[] {
  const read = forwarded.slice(-MOST_CHARACTERS)
  const whole = read.length < forwarded.length ? read.slice(read.indexOf(',') + 1) : read
  return whole.split(',').filter((hop) => hop.trim() !== '')
}

function isHops(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= MOST_HOPS
}

function isNamed(value: string): value is NamedNetwork {
  return Object.hasOwn(NAMED, value)
}

function trustListed(list: readonly unknown[]): ProxyTrust {
  const proxies = new BlockList()
  for (const item of list) {
    const ranges = rangesOf(item)
    if (!ranges) throw expected(`${shown(item)} in the list`)
    for (const { address, bits, family } of ranges) proxies.addSubnet(address, bits, family)
  }
  const isProxy = remembered((address) => proxies.check(address, familyOf(address)))
  return (address) => address !== undefined && isProxy(address)
}

/** A range of addresses that share their first bits. */
interface Range {
  readonly address: string
  readonly bits: number
  readonly family: 'ipv4' | 'ipv6'
}

function rangesOf(item: unknown): readonly Range[] | undefined {
  if (typeof item !== 'string') return undefined
  const ranges = (isNamed(item) ? NAMED[item] : [item]).map(rangeOf)
  return ranges.every((range) => range !== undefined) ? ranges : undefined
}

function rangeOf(text: string): Range | undefined {
  const [, first = '', length] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const address = isIP(first) === 0 ? undefined : plainAddress(first)
  if (address === undefined) return undefined
  const family = familyOf(address)
  const most = BITS[family]
  // In IPv4 written as IPv6 the first 96 bits are the prefix of the mapping.
  const beside = BITS[familyOf(first)] - most
  const bits = length === undefined ? most : Number(length) - beside
  return bits >= 1 && bits <= most ? { address, bits, family } : undefined
}

function familyOf(address: string): Range['family'] {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6'
}

// Cached, because a lookup in a `BlockList` takes some microseconds and there are few proxies.
function remembered(ask: (address: string) => boolean): (address: string) => boolean {
  const known = new Map<string, boolean>()
  return (address) => {
    const before = known.get(address)
    if (before !== undefined) return before
    if (known.size >= MOST_REMEMBERED) known.clear()
    const answer = ask(address)
    known.set(address, answer)
    return answer
  }
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'number' || value === null ? String(value) : typeof value
}

function expected(got: string): TypeError {
  return new TypeError(`trustProxy: ${EXPECTED}, got ${got}`)
}
