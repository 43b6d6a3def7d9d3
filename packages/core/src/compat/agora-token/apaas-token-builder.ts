import { ApaasTokenBuilder as Apaas } from '../../builders/apaas-token-builder.ts'
import { apaasClaims, chatUser, rtmLogin } from '../../builders/claims-007.ts'
import { draft007, issueNow } from '../../builders/draft.ts'
import { md5Hex } from '../../crypto/md5-hex.ts'
import { tokenLifeOf, userIdOf } from '../original-arguments.ts'
import { orEmpty } from './or-empty.ts'

/**
 * agora-token's builder of tokens for flexible classroom. Times are seconds from now. `''` when App ID or
 * App Certificate are not 32 hexadecimal digits; a `TokenError` for what cannot be signed correctly.
 */
export const ApaasTokenBuilder = {
  /**
   * Builds a token for one user in one room. As in the original, and unlike in the other languages, the
   * aPaaS service in it has no privilege; unlike in the original, role 0 stays 0.
   */
  buildRoomUserToken: (
    appId: string,
    appCertificate: string,
    roomUuid: string,
    userUuid: string | number,
    role: number,
    expire: number,
  ): string => {
    return orEmpty(appId, appCertificate, () => {
      const life = tokenLifeOf(expire, 'expire')
      const user = userIdOf(userUuid)
      const apaas = apaasClaims(roomUuid, user, roleOf(role), {})
      const services = [apaas, rtmLogin(user, life), chatUser(md5Hex(user), life)]
      return draft007({ appId, appCertificate }, life, services)(issueNow())
    })
  },

  /** Builds a token for one user in no particular room. */
  buildUserToken: (
    appId: string,
    appCertificate: string,
    userUuid: string | number,
    expire: number,
  ): string => {
    return orEmpty(appId, appCertificate, () =>
      Apaas.buildUserToken(
        appId,
        appCertificate,
        userIdOf(userUuid),
        tokenLifeOf(expire, 'expire'),
      ),
    )
  },

  /** Builds a token for the app's own server. */
  buildAppToken: (appId: string, appCertificate: string, expire: number): string => {
    return orEmpty(appId, appCertificate, () =>
      Apaas.buildAppToken(appId, appCertificate, tokenLifeOf(expire, 'expire')),
    )
  },
}

/** {@link ApaasTokenBuilder} by the name it had until September 2024. */
export const EducationTokenBuilder: typeof ApaasTokenBuilder = ApaasTokenBuilder

function roleOf(role: unknown): number {
  return role === undefined || role === null ? -1 : Math.trunc(Number(role))
}
