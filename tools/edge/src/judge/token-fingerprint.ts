import { createHash } from 'node:crypto'

/**
 * Names a token without giving it away: the first 8 hex digits of its SHA-256. Equal fingerprints
 * mean equal tokens for all that a test or a log needs.
 */
export function tokenFingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 8)
}
