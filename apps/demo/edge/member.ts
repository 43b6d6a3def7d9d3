import type { Identity } from '@rtc-token/core'

/** Somebody in a channel. Who joins by account has a number as well, and is known by both. */
export interface Member {
  readonly channel: string
  readonly uid: number
  readonly account?: string
}

/** The identity that a member's token must be for. */
export function identityOf({ uid, account }: Member): Identity {
  return account === undefined ? { uid } : { account }
}
