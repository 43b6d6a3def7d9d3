// As a whole, which is how ES modules import the originals; types are in it too.
import agoraAccessToken from '@rtc-token/core/compat/agora-access-token'
import agoraToken, { type RtcTokenBuilder } from '@rtc-token/core/compat/agora-token'

export const permissions: agoraToken.Rtm2Permissions = new agoraToken.Rtm2Permissions()
export const builder: typeof RtcTokenBuilder = agoraToken.RtcTokenBuilder
export const role: number = agoraAccessToken.RtcRole.PUBLISHER
