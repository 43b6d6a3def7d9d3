import { fingerprint } from '@rtc-token/core'

/**
 * Chooses a uid for a caller that sends no identity: 1 to 2147483647, always the same for a subject in
 * a channel, on every machine and in every version. It is the upper 31 bits of the first 32 bits of
 * SHA-256 over the channel, a zero byte and the subject's id.
 *
 * Two users in a channel of 100 users get the same uid in one of 430,000 channels, of 1,000 users in one of
 * 4,300, of 10,000 users in one of 43; the second to join then disconnects the first. If subjects choose
 * their own ids, one of them can search for an id that collides with another's uid: use accounts there.
 */
export function allocateUid(subjectId: string, channel: string): number {
  // A channel cannot contain a zero byte, so no two pairs give the same string.
  const hash = Number.parseInt(fingerprint(`${channel}\0${subjectId}`), 16)
  return hash >>> 1 || 1
}
