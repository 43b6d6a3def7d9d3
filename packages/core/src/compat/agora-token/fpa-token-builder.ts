import { FpaTokenBuilder as Fpa } from '../../builders/fpa-token-builder.ts'
import { orEmpty } from './or-empty.ts'

/** agora-token's builder of tokens for full-path acceleration. */
export const FpaTokenBuilder = {
  /** Builds a token for 24 hours; `''` when App ID or App Certificate are not 32 hexadecimal digits. */
  buildToken: (appId: string, appCertificate: string): string => {
    return orEmpty(appId, appCertificate, () => Fpa.buildToken(appId, appCertificate))
  },
}
