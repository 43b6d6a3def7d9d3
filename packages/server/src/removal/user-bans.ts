/** A user to ban: by `uid` or by `account`. */
export interface BannedUser {
  /** Default: every channel of the project. */
  readonly channel?: string
  readonly uid?: number
  /** Agora bans by uid only. A client of its API either refuses an account or looks up its uid. */
  readonly account?: string
}

/** A user to ban, and for how long. */
export interface BanOrder extends BannedUser {
  /** 10 to 86430, the range of Agora's API; the maximum is 30 seconds more than a token can live. */
  readonly seconds: number
}

/** A client that bans users at Agora, such as `createAgoraRest()` of `@rtc-token/server/agora-rest`. */
export interface UserBans {
  /** Resolves when the ban is in force. Rejects when the call fails. */
  ban(order: BanOrder): Promise<unknown>
  /** Resolves when the bans of this user in this channel are lifted. Without it, `readmit` leaves bans in force. */
  unban?(user: BannedUser): Promise<unknown>
}
