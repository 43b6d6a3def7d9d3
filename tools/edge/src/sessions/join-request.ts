import { randomInt } from 'node:crypto'
import { isRecord, textOf } from '../platform/json-record.ts'
import type { MediaFingerprint, MediaOffer } from '../media/media-plane.ts'
import type { Member } from '../platform/member.ts'
import type { Role } from './session.ts'
import { stableNumber } from '../platform/stable-number.ts'

type Message = Readonly<Record<string, unknown>>

/** What the edge uses of a `join_v3` message. */
export interface JoinRequest {
  readonly appId: string
  readonly token: string
  readonly sessionId: string
  readonly member: Member
  readonly isLive: boolean
  readonly role: Role
  /** The client's own capabilities, sent back to it as they are. */
  readonly rtpCapabilities: object
  readonly mediaOffer: MediaOffer
}

/** Reads a `join_v3` message. Missing members come out empty, and no token is good for them. */
export function readJoinRequest(message: Message): JoinRequest {
  const accessPoint = recordOf(message, 'ap_response')
  const ortc = recordOf(message, 'ortc')
  return {
    appId: textOf(message, 'app_id'),
    token: textOf(message, 'channel_key'),
    sessionId: textOf(message, 'session_id'),
    member: memberOf(textOf(message, 'channel_name'), accessPoint['uid'], message['string_uid']),
    isLive: message['mode'] === 'live',
    role: roleOf(message),
    rtpCapabilities: recordOf(ortc, 'rtpCapabilities'),
    mediaOffer: mediaOfferOf(ortc),
  }
}

/** Makes a member of what the wire says. A uid of 0 asks for a number of the edge's choice. */
export function memberOf(channel: string, uid: unknown, account: unknown): Member {
  if (typeof account === 'string' && account !== '') {
    return { channel, uid: Number(uid) || stableNumber(account), account }
  }
  return { channel, uid: Number(uid) || randomInt(1, 2 ** 31) }
}

/** The role that a message names; everyone but the audience is a host. */
export function roleOf(message: Message): Role {
  return message['role'] === 'audience' ? 'audience' : 'host'
}

function mediaOfferOf(ortc: Message): MediaOffer {
  const ice = recordOf(ortc, 'iceParameters')
  const listed = recordOf(ortc, 'dtlsParameters')['fingerprints']
  const fingerprints: unknown[] = Array.isArray(listed) ? listed : []
  return {
    iceUfrag: textOf(ice, 'iceUfrag'),
    icePwd: textOf(ice, 'icePwd'),
    fingerprints: fingerprints.filter(isRecord).map(fingerprintOf),
  }
}

// The SDK sends the browser's own form, where the algorithm is called hashFunction.
function fingerprintOf(entry: Message): MediaFingerprint {
  return {
    algorithm: textOf(entry, 'algorithm') || textOf(entry, 'hashFunction'),
    fingerprint: textOf(entry, 'fingerprint'),
  }
}

function recordOf(message: Message, name: string): Message {
  const value = message[name]
  return isRecord(value) ? value : {}
}
