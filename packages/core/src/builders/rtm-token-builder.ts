import { accountText } from './builder-arguments.ts'
import { rtmClaims006 } from './claims-006.ts'
import { checkProject, type Draft, draft006 } from './draft.ts'
import { type Signed, signed } from './signed.ts'

/** The tokens of {@link RtmTokenBuilder} before they are signed. @internal */
export const rtmDrafts = {
  /**
   * Builds a 006 token for messaging. Like Agora's builders, it ignores `role`. `privilegeExpiredTs` is a
   * Unix timestamp in seconds; 0, the default, means 24 hours from now, and so does any later time.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, ACCOUNT_INVALID, CLAIM_INVALID
   */
  buildToken(
    appId: string,
    appCertificate: string,
    account: string,
    _role: number,
    privilegeExpiredTs = 0,
  ): Draft {
    const claims = rtmClaims006(accountText(account), privilegeExpiredTs)
    return draft006(checkProject(appId, appCertificate), claims)
  },
}

/** Builds RTM tokens of version 006. */
export const RtmTokenBuilder: Signed<typeof rtmDrafts> = /* @__PURE__ */ signed(rtmDrafts)
