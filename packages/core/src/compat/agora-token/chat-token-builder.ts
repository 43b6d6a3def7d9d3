import { ChatTokenBuilder2 } from '../../builders/chat-token-builder-2.ts'
import { tokenLifeOf, userIdOf } from '../original-arguments.ts'
import { orEmpty } from './or-empty.ts'

/**
 * Builds Chat tokens, like agora-token. `expire` is seconds from now; 1000000000 or more causes a warning. The
 * functions return `''` when the App ID or the App Certificate is not 32 hexadecimal digits, and throw a
 * `TokenError`: TTL_INVALID without `expire`, USER_ID_INVALID, CLAIM_INVALID.
 */
export const ChatTokenBuilder = {
  /** Builds a token for one user to log in to Chat. */
  buildUserToken: (
    appId: string,
    appCertificate: string,
    userId: string | number,
    expire: number,
  ): string => {
    return orEmpty(appId, appCertificate, () =>
      ChatTokenBuilder2.buildUserToken(
        appId,
        appCertificate,
        userIdOf(userId),
        tokenLifeOf(expire, 'expire'),
      ),
    )
  },

  /** Builds a token for your own server, to call Chat's REST API with every right. */
  buildAppToken: (appId: string, appCertificate: string, expire: number): string => {
    return orEmpty(appId, appCertificate, () =>
      ChatTokenBuilder2.buildAppToken(appId, appCertificate, tokenLifeOf(expire, 'expire')),
    )
  },
}
