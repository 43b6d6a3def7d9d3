import { BlockList, isIP } from 'node:net'

import { bareAddress, ipv4Within, ipv6Groups, MAPPED } from '../http/ip-address.ts'

const NAMED = {
  loopback: ['127.0.0.0/8', '::1'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
} as const

type NamedNetwork = keyof typeof NAMED

/**
 * Which proxies are believed when they say on whose behalf they ask: those of a list of addresses,
 * ranges such as `10.0.0.0/8` and the names `loopback`, `linklocal` and `uniquelocal` (private
 * networks), or a number of hops, 1 to 32: with 1 the proxy that has connected, whichever it is.
 *
 * The last 1024 characters of `X-Forwarded-For` are read from their end, and the first address that is
 * not such a proxy is the caller. Ports, brackets and quotes around addresses are taken off; where
 * something is no address, the caller is the proxy that has passed it on. `Forwarded` is not read.
 *
 * `true` believes everybody and takes the first address; that is safe only where this server cannot be
 * reached but through a proxy that throws away what the caller has sent, and so is a number of hops
 * that is too high. Default `false`: the address is that of the connection.
 */
export type TrustProxy =
  | boolean
  | number
  | 'loopback'
  | 'linklocal'
  | 'uniquelocal'
  | readonly string[]

/** Whether an address is that of a proxy to believe, so many hops away; undefined: of a Unix socket. */
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
 * @returns undefined where no proxy is to be believed
 * @throws {TypeError} when it is of the wrong kind, and for what is no address, range or name
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
 * Says the address of a caller in one way: plain IPv4 also where it is written as IPv6, without a port.
 *
 * @internal
 * @param connection the address at the other end of the connection
 * @param forwarded `X-Forwarded-For`, to which each proxy appends whom it was asked by
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
 * An address alone, of IPv4 in one form; undefined for what is no address.
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

// No more than a caller may make us read: all that proxies write is at the end.
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

/** A range of addresses: those that share the first bits of one. */
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
  // Of IPv4 that is written as IPv6 the first 96 bits say just that.
  const beside = BITS[familyOf(first)] - most
  const bits = length === undefined ? most : Number(length) - beside
  return bits >= 1 && bits <= most ? { address, bits, family } : undefined
}

function familyOf(address: string): Range['family'] {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6'
}

// To ask a `BlockList` takes some microseconds, and proxies are few.
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
