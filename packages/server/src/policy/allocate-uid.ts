import { fingerprint } from '@rtc-token/core'

/**
 * Derives a uid from a subject's id and a channel, for callers that send no identity: 1 to 2147483647, the same on
 * every machine and in every version. It is the upper 31 bits of the first 32 bits of SHA-256 over the channel, a zero
 * byte and the id.
 *
 * Two users can get the same uid, and the second to join then disconnects the first: in one of 430,000 channels with
 * 100 users, one of 4,300 with 1,000 users, one of 43 with 10,000 users. If users choose their own ids, one of them can
 * search for an id with another user's uid: use accounts there.
 */
export function allocateUid(subjectId: string, channel: string): number {
  // A channel cannot contain a zero byte, so no two pairs give the same string.
  const hash = Number.parseInt(fingerprint(`${channel}\0${subjectId}`), 16)
  return hash >>> 1 || 1
}
