import { decodeToken } from '../../src/index.ts'
import { encode006 } from '../../src/version-006/encode-006.ts'
import { encode007 } from '../../src/version-007/encode-007.ts'

/** What 006 tokens are signed for but do not hold. */
export interface SignedFor {
  readonly appCertificate: string
  readonly channel?: string
  readonly user?: string
}

/**
 * Signs what one token says again, with the salt and the moment of another: two tokens that say the
 * same become the same. A 006 token that is not signed for this channel and user comes out as another.
 */
export function restamp(token: string, like: string, signedFor: SignedFor): string {
  const { appCertificate, channel = '', user = '' } = signedFor
  const claims = decodeToken(token)
  const stamp = decodeToken(like)
  if (claims.version === '007' && stamp.version === '007') {
    const { issuedAt, salt } = stamp
    return encode007({ ...claims, issuedAt, salt }, appCertificate)
  }
  if (claims.version !== '006' || stamp.version !== '006') throw new Error('versions differ')
  const own = { ...claims, channel, user }
  if (encode006(own, appCertificate) !== token) throw new Error('signed for something else')
  const { salt, tokenExpiresAt } = stamp
  return encode006({ ...own, salt, tokenExpiresAt }, appCertificate)
}
