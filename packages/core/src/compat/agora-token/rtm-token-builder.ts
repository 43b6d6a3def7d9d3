import { Rtm2Permissions } from '../../builders/rtm2-permissions.ts'
import { RtmTokenBuilder2 } from '../../builders/rtm-token-builder-2.ts'
import { tokenLifeOf, userIdOf } from '../original-arguments.ts'
import { orEmpty } from './or-empty.ts'

/**
 * agora-token's builder of RTM tokens, version 007. Times are seconds from now. `''` when App ID or App
 * Certificate are not 32 hexadecimal digits; a `TokenError` for what cannot be signed correctly.
 */
export const RtmTokenBuilder = {
  /** Builds a token that one user logs in to messaging with. */
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

  /** Builds one that also says which resources the user may read and write. */
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
