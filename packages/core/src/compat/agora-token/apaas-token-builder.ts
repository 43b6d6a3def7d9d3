import { ApaasTokenBuilder as Apaas } from '../../builders/apaas-token-builder.ts'
import { apaasClaims, chatUser, rtmLogin } from '../../builders/claims-007.ts'
import { draft007, issueNow } from '../../builders/draft.ts'
import { md5Hex } from '../../crypto/md5-hex.ts'
import { tokenLifeOf, userIdOf } from '../original-arguments.ts'
import { orEmpty } from './or-empty.ts'

/**
 * Builds tokens for flexible classroom, like agora-token. `expire` is seconds from now; 1000000000 or more
 * causes a warning. The functions return `''` when the App ID or the App Certificate is not 32 hexadecimal
 * digits, and throw a `TokenError`: TTL_INVALID without `expire`, USER_ID_INVALID, CLAIM_INVALID.
 */
export const ApaasTokenBuilder = {
  /**
   * Builds a token for one user in one room. Like the original, and unlike Agora's other languages, it gives
   * the aPaaS service no privilege; unlike the original, it keeps role 0.
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

  /** Builds a token for your own server, with every right. */
  buildAppToken: (appId: string, appCertificate: string, expire: number): string => {
    return orEmpty(appId, appCertificate, () =>
      Apaas.buildAppToken(appId, appCertificate, tokenLifeOf(expire, 'expire')),
    )
  },
}

/** The name of {@link ApaasTokenBuilder} until September 2024. */
export const EducationTokenBuilder: typeof ApaasTokenBuilder = ApaasTokenBuilder

function roleOf(role: unknown): number {
  return role === undefined || role === null ? -1 : Math.trunc(Number(role))
}
