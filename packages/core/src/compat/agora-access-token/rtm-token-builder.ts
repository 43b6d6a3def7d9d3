import { rtmClaims006 } from '../../builders/claims-006.ts'
import { draft006, issueNow } from '../../builders/draft.ts'
import { checkUid } from '../../checks/checks.ts'
import { timestampOf } from '../original-arguments.ts'
import { projectOf } from './project-of.ts'

/**
 * agora-access-token's builder of RTM tokens, version 006. `privilegeExpiredTs` is a timestamp in Unix
 * seconds; 0 is 24 hours from now. A `TokenError` for what cannot be signed correctly.
 */
export const RtmTokenBuilder = {
  /** Builds a token that one user logs in to messaging with; `role` is ignored. */
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
