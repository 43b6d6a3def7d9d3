import { Rtm2Permissions } from '../../builders/rtm2-permissions.ts'
import { RtmTokenBuilder2 } from '../../builders/rtm-token-builder-2.ts'
import { tokenLifeOf, userIdOf } from '../original-arguments.ts'
import { orEmpty } from './or-empty.ts'

/**
 * Builds RTM tokens of version 007, like agora-token. `expire` is seconds from now; 1000000000 or more causes a
 * warning. The functions return `''` when the App ID or the App Certificate is not 32 hexadecimal digits, and
 * throw a `TokenError`: TTL_INVALID without `expire`, USER_ID_INVALID, PERMISSION_INVALID, CLAIM_INVALID.
 */
export const RtmTokenBuilder = {
  /** Builds a token for one user to log in to messaging. */
  buildToken: (
    appId: string,
    appCertificate: string,
    userId: string | number,
    expire: number,
  ): string => {
    return orEmpty(appId, appCertificate, () =>
      RtmTokenBuilder2.buildToken(
        appId,
        appCertificate,
        userIdOf(userId),
        tokenLifeOf(expire, 'expire'),
      ),
    )
  },

  /** Builds a token that also lists the resources that the user may read and write. */
  buildTokenWithPermissions: (
    appId: string,
    appCertificate: string,
    userId: string | number,
    permissions: Rtm2Permissions | undefined,
    expire: number,
  ): string => {
    return orEmpty(appId, appCertificate, () =>
      RtmTokenBuilder2.buildTokenWithPermissions(
        appId,
        appCertificate,
        userIdOf(userId),
        permissions ?? new Rtm2Permissions(),
        tokenLifeOf(expire, 'expire'),
      ),
    )
  },
}
