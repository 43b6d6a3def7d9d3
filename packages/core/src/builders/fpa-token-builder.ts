import { MAX_LIFE_SECONDS } from '../checks/limits.ts'
import { checkProject, type Draft, draft007 } from './draft.ts'
import { type Signed, signed } from './signed.ts'

/** The tokens of {@link FpaTokenBuilder} before they are signed. @internal */
export const fpaDrafts = {
  /**
   * Builds a token that lasts 24 hours.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID
   */
  buildToken(appId: string, appCertificate: string): Draft {
    const project = checkProject(appId, appCertificate)
    return draft007(project, MAX_LIFE_SECONDS, [{ service: 'fpa', privileges: { login: 0 } }])
  },
}

/** Builds tokens for full-path acceleration. */
export const FpaTokenBuilder: Signed<typeof fpaDrafts> = /* @__PURE__ */ signed(fpaDrafts)
