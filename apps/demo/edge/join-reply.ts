import { randomBytes } from 'node:crypto'
import type { JoinRequest } from './join-request.ts'
import type { Session } from './session.ts'
import { stableNumber } from './stable-number.ts'

/** The `_message` of a successful `join_v3`: the least that lets the SDK's join resolve. */
export function joinReply({ member, rejoinToken }: Session, request: JoinRequest): object {
  return {
    uid: member.account ?? member.uid,
    cid: stableNumber(member.channel),
    vid: stableNumber(request.appId),
    rejoin_token: rejoinToken,
    ortc: { cname: 'edge', ...deadEndTransport(), rtpCapabilities: request.rtpCapabilities },
  }
}

/**
 * Transport parameters that lead nowhere. The browser never gets as far as failing on a candidate
 * on port 9 (discard), so the SDK keeps the session although no media flows.
 */
function deadEndTransport(): object {
  const candidate = { foundation: 'udpcandidate', protocol: 'udp', priority: 2_103_266_323 }
  return {
    iceParameters: {
      iceUfrag: randomBytes(4).toString('hex'),
      icePwd: randomBytes(16).toString('hex'),
      candidates: [{ ...candidate, ip: '127.0.0.1', port: 9, type: 'host' }],
    },
    dtlsParameters: {
      role: 'server',
      fingerprints: [{ algorithm: 'sha-256', fingerprint: randomFingerprint() }],
    },
  }
}

function randomFingerprint(): string {
  return (randomBytes(32).toString('hex').match(/../g) ?? []).join(':').toUpperCase()
}
