import { rtmClaims006 } from '../../builders/claims-006.ts'
import { draft006, issueNow } from '../../builders/draft.ts'
import { checkUid } from '../../checks/checks.ts'
import { timestampOf } from '../original-arguments.ts'
import { projectOf } from './project-of.ts'

/**
 * Builds RTM tokens of version 006, like agora-access-token. `privilegeExpiredTs` is a timestamp in Unix
 * seconds, or 0, the default, for 24 hours from now; a smaller number than 1000000000 causes a warning. It
 * throws a `TokenError`: UID_INVALID, CLAIM_INVALID, and APP_ID_INVALID or APP_CERTIFICATE_INVALID only when
 * these are not strings.
 */
export const RtmTokenBuilder = {
  /** Builds a token for one user to log in to messaging. `role` is ignored. */
  buildToken: (
    appID: string,
    appCertificate: string,
    account: string | number,
    _role?: number,
    privilegeExpiredTs?: number,
  ): string => {
    const user = typeof account === 'string' ? account : String(checkUid(account))
    const claims = rtmClaims006(user, timestampOf(privilegeExpiredTs, 'privilegeExpiredTs'))
    return draft006(projectOf(appID, appCertificate), claims)(issueNow())
  },
}
