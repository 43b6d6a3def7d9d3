/** The user to put out, and the channel. */
export interface BannedUser {
  /** Default: every channel of the project. */
  readonly channel?: string
  readonly uid?: number
  /** Agora bans by number only: a client of its API refuses an account, or looks its number up. */
  readonly account?: string
}

/** A ban of a user. */
export interface BanOrder extends BannedUser {
  /** 10 to 86 430, the range of Agora's API: the most is longer than any token lives. */
  readonly seconds: number
}

/** Puts users out of their calls, such as `createAgoraRest()` of `@rtc-token/server/agora-rest`. */
export interface UserBans {
  /** Resolves when Agora has taken the ban. */
  ban(order: BanOrder): Promise<unknown>
  /** Resolves when Agora has lifted the bans of the user in this place. */
  unban?(user: BannedUser): Promise<unknown>
}
