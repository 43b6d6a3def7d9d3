import { FpaTokenBuilder as Fpa } from '../../builders/fpa-token-builder.ts'
import { orEmpty } from './or-empty.ts'

/** Builds tokens for full-path acceleration, like agora-token. */
export const FpaTokenBuilder = {
  /** Builds a token for 24 hours. Returns `''` when the App ID or the App Certificate is not 32 hexadecimal digits. */
  buildToken: (appId: string, appCertificate: string): string => {
    return orEmpty(appId, appCertificate, () => Fpa.buildToken(appId, appCertificate))
  },
}
