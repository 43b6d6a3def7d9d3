import { ChatTokenBuilder2 } from '../../builders/chat-token-builder-2.ts'
import { tokenLifeOf, userIdOf } from '../original-arguments.ts'
import { orEmpty } from './or-empty.ts'

/**
 * agora-token's builder of Chat tokens. Times are seconds from now. `''` when App ID or App Certificate
 * are not 32 hexadecimal digits; a `TokenError` for what cannot be signed correctly.
 */
export const ChatTokenBuilder = {
  /** Builds a token that one user logs in to Chat with. */
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

  /** Builds a token that the app's own server calls Chat's REST API with. */
  buildAppToken: (appId: string, appCertificate: string, expire: number): string => {
    return orEmpty(appId, appCertificate, () =>
      ChatTokenBuilder2.buildAppToken(appId, appCertificate, tokenLifeOf(expire, 'expire')),
    )
  },
}
