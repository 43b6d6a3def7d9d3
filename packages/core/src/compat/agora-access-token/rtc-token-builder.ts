import { channelText, uidOrAccountText } from '../../builders/builder-arguments.ts'
import { rtcClaims006 } from '../../builders/claims-006.ts'
import { draft006, issueNow } from '../../builders/draft.ts'
import { RtcRole } from '../../builders/role.ts'
import { isRole, timestampOf } from '../original-arguments.ts'
import { projectOf } from './project-of.ts'

/** The parameters of {@link RtcTokenBuilder}'s functions. */
export type RtcArguments = [
  appID: string,
  appCertificate: string,
  channelName: string,
  user: string | number,
  role: number,
  privilegeExpiredTs?: number,
]

/**
 * Builds RTC tokens of version 006, like agora-access-token. `privilegeExpiredTs` is a timestamp in Unix
 * seconds, or 0, the default, for 24 hours from now; a smaller number than 1000000000 causes a warning. The
 * functions throw a `TokenError`: UID_INVALID, CHANNEL_INVALID, CLAIM_INVALID, and APP_ID_INVALID or
 * APP_CERTIFICATE_INVALID only when these are not strings.
 */
export const RtcTokenBuilder = {
  /** Builds a token for a user. The number 0 admits every user; the string `"0"` is an account. */
  buildTokenWithUid: (...args: RtcArguments): string => {
    return build(args)
  },

  /** The same function as `buildTokenWithUid`. */
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
