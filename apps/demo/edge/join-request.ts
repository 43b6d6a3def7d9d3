import { randomInt } from 'node:crypto'
import { isRecord, textOf } from './json-record.ts'
import type { Member } from './member.ts'
import { stableNumber } from './stable-number.ts'

/** What the edge uses of a `join_v3` message. */
export interface JoinRequest {
  readonly appId: string
  readonly token: string
  readonly sessionId: string
  readonly member: Member
  /** The client's own capabilities, sent back to it as they are. */
  readonly rtpCapabilities: object
}

/** Reads a `join_v3` message. Missing members come out empty, and no token is good for them. */
export function readJoinRequest(message: Readonly<Record<string, unknown>>): JoinRequest {
  const accessPoint = isRecord(message['ap_response']) ? message['ap_response'] : {}
  const ortc = isRecord(message['ortc']) ? message['ortc'] : {}
  return {
    appId: textOf(message, 'app_id'),
    token: textOf(message, 'channel_key'),
    sessionId: textOf(message, 'session_id'),
    member: memberOf(textOf(message, 'channel_name'), accessPoint['uid'], message['string_uid']),
    rtpCapabilities: isRecord(ortc['rtpCapabilities']) ? ortc['rtpCapabilities'] : {},
  }
}

/** Makes a member of what the wire says. A uid of 0 asks for a number of the edge's choice. */
export function memberOf(channel: string, uid: unknown, account: unknown): Member {
  if (typeof account === 'string' && account !== '') {
    return { channel, uid: Number(uid) || stableNumber(account), account }
  }
  return { channel, uid: Number(uid) || randomInt(1, 2 ** 31) }
}
