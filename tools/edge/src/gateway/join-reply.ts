import type { JoinRequest } from '../sessions/join-request.ts'
import type { Session } from '../sessions/session.ts'
import { stableNumber } from '../platform/stable-number.ts'

/** The `_message` of a successful `join_v3`: the least that lets the SDK's join resolve. */
export function joinReply({ member, rejoinToken, media }: Session, request: JoinRequest): object {
  return {
    uid: member.account ?? member.uid,
    cid: stableNumber(member.channel),
    vid: stableNumber(request.appId),
    rejoin_token: rejoinToken,
    ortc: { cname: 'edge', ...media.parameters, rtpCapabilities: request.rtpCapabilities },
  }
}
