import { inflateSync } from 'node:zlib'

/**
 * What two tokens are compared by: a 006 token as it is, of a 007 token the inflated bytes, because
 * the deflated ones depend on the zlib that wrote them. By node:zlib and not by our own reader, so that
 * a mistake which writer and reader share shows.
 */
export function contentOf(token: string): string {
  if (!token.startsWith('007')) return token
  return inflateSync(Buffer.from(token.slice(3), 'base64')).toString('hex')
}
