import type { Identity } from '@rtc-token/core'

/** A user in a channel. A user who joins by account has a number as well, and is known by both. */
export interface Member {
  readonly channel: string
  readonly uid: number
  readonly account?: string
}

/** Chooses members: those with all that is given here. Without anything it chooses everybody. */
export type Who = Partial<Member>

/** The identity that a member's token must be for. */
export function identityOf({ uid, account }: Member): Identity {
  return account === undefined ? { uid } : { account }
}

/** Tells whether a member is among those chosen. */
export function isAmong(member: Member, { channel, uid, account }: Who): boolean {
  return (
    (channel === undefined || channel === member.channel) &&
    (uid === undefined || uid === member.uid) &&
    (account === undefined || account === member.account)
  )
}

/** How others in the channel are told of a member: by the account where there is one. */
export function nameOf({ uid, account }: Member): { uid: number | string; uint_id: number } {
  return { uid: account ?? uid, uint_id: uid }
}
