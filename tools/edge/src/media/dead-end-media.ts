import { randomBytes } from 'node:crypto'
import type { MediaPlane, TransportParameters } from './media-plane.ts'

/**
 * Media that leads nowhere. The browser never gets as far as failing on a candidate on port 9
 * (discard), so the SDK keeps the session although no media flows.
 */
export const deadEndMedia: MediaPlane = {
  open: async () => ({ parameters: deadEnd(), rtpPackets: 0, close: () => {} }),
}

function deadEnd(): TransportParameters {
  const candidate = {
    foundation: 'udpcandidate',
    protocol: 'udp',
    priority: 2_103_266_323,
  } as const
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
