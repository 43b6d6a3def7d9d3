import { channelText, uidOrAccountText } from '../../builders/builder-arguments.ts'
import { rtcClaims006 } from '../../builders/claims-006.ts'
import { draft006, issueNow } from '../../builders/draft.ts'
import { RtcRole } from '../../builders/role.ts'
import { isRole, timestampOf } from '../original-arguments.ts'
import { projectOf } from './project-of.ts'

/** Parameters of the functions of {@link RtcTokenBuilder}. */
export type RtcArguments = [
  appID: string,
  appCertificate: string,
  channelName: string,
  user: string | number,
  role: number,
  privilegeExpiredTs?: number,
]

/**
 * agora-access-token's builder of RTC tokens, version 006. `privilegeExpiredTs` is a timestamp in Unix
 * seconds; 0 is 24 hours from now. A `TokenError` for what cannot be signed correctly.
 */
export const RtcTokenBuilder = {
  /** Builds a token for a user; the number 0 is not checked, the text `"0"` is an account. */
  buildTokenWithUid: (...args: RtcArguments): string => {
    return build(args)
  },

  /** Builds what `buildTokenWithUid` builds. */
  buildTokenWithAccount: (...args: RtcArguments): string => {
    return build(args)
  },
}

function build(args: RtcArguments): string {
  const [appID, appCertificate, channelName, user, role, privilegeExpiredTs] = args
  const claims = rtcClaims006(
    channelText(channelName),
    uidOrAccountText(user),
    isRole(role, RtcRole.ATTENDEE, RtcRole.PUBLISHER, RtcRole.ADMIN),
    timestampOf(privilegeExpiredTs, 'privilegeExpiredTs'),
  )
  return draft006(projectOf(appID, appCertificate), claims)(issueNow())
}
