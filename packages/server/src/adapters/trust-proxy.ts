import { isIP } from 'node:net'

/**
 * Which proxies are believed when they say on whose behalf they ask (`X-Forwarded-For`): those on this
 * machine, or those at the addresses listed. The list of forwarded addresses is read from its end, and
 * the first that is not such a proxy is the caller. `true` believes everybody and takes the first
 * address; that is safe only where nobody can reach this server but through a proxy that throws away
 * what the caller has sent. Default `false`: the address is that of the connection.
 */
export type TrustProxy = boolean | 'loopback' | readonly string[]

/**
 * Checks the option, and copies its list as srvx takes it.
 *
 * @internal
 * @throws {TypeError} for anything else, and for a range such as `10.0.0.0/8`, which would match nobody
 */
export function checkTrustProxy(value: TrustProxy): boolean | 'loopback' | string[] {
  if (typeof value === 'boolean' || value === 'loopback') return value
  if (!Array.isArray(value)) throw expected(`got ${typeof value}`)
  const wrong: unknown = value.find((address) => typeof address !== 'string' || isIP(address) === 0)
  if (wrong !== undefined) throw expected(`got ${JSON.stringify(wrong)} in the list`)
  return [...value]
}

/**
 * Says on whose behalf a connection asks, as far as its proxies are believed.
 *
 * @internal
 * @param forwarded the header `X-Forwarded-For`
 */
export function believedAddress(
  trustProxy: TrustProxy,
  connection: string | undefined,
  forwarded: string | readonly string[] | undefined = '',
): string | undefined {
  const isProxy = (address: string | undefined): boolean => isBelieved(trustProxy, address)
  if (!isProxy(connection)) return connection
  const list = [forwarded].flat().join().split(',')
  const named = list.map((address) => address.trim()).filter((address) => address !== '')
  return named.findLast((address) => !isProxy(address)) ?? named[0] ?? connection
}

function isBelieved(trustProxy: TrustProxy, sent: string | undefined): boolean {
  if (typeof trustProxy === 'boolean') return trustProxy
  const address = clientAddress(undefined, sent)
  if (address === undefined) return false
  if (trustProxy !== 'loopback') return trustProxy.includes(address)
  return address === '::1' || address.startsWith('127.')
}

/**
 * Says the address of a caller in one way: plain IPv4 also where the socket speaks IPv6, and the
 * connection's own address where a proxy has passed on something that is no address.
 *
 * @internal
 */
export function clientAddress(
  believed: string | undefined,
  connection: string | undefined,
): string | undefined {
  const address = believed !== undefined && isIP(believed) !== 0 ? believed : connection
  return address?.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}

function expected(got: string): TypeError {
  return new TypeError(`trustProxy: a boolean, 'loopback' or a list of addresses expected, ${got}`)
}
