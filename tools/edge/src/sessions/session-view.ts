import type { Member } from '../platform/member.ts'
import type { Role, Session } from './session.ts'
import type { StreamKind } from './stream.ts'

/** A live session as seen from outside. */
export interface SessionView extends Member {
  readonly tokenFingerprint: string
  /** Unix seconds by the edge's clock. */
  readonly expiresAt: number
  readonly role: Role
  readonly published: readonly StreamKind[]
  /** RTP packets that arrived; always 0 without a media plane. */
  readonly rtpPackets: number
}

/** Shows a session without what could be used to act for it. */
export function viewOf({ member, pass, role, streams, media }: Session): SessionView {
  return {
    ...member,
    tokenFingerprint: pass.tokenFingerprint,
    expiresAt: pass.expiresAt,
    role,
    published: streams.map(({ kind }) => kind),
    rtpPackets: media.rtpPackets,
  }
}
