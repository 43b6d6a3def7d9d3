// What Agora documents of the names in a 007 token: each `*` in a channel or a user stands for any number of
// characters, and blank, or uid 0, for all. Some builders, such as that of PHP, write uid 0 as "0".
// https://doc.shengwang.cn/doc/rtc/javascript/best-practice/wildcard-token

/**
 * Tells whether a name fits a pattern, in which each `*` stands for any number of characters, none
 * included. Looks for each part between two `*` once, from left to right.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  const parts = pattern.split('*')
  const last = parts.length - 1
  let at = 0
  const fits = parts.every((part, i) => {
    const from = i < 1 ? 0 : i < last ? name.indexOf(part, at) : name.length - part.length
    const isThere = from >= at && name.startsWith(part, from)
    at = from + part.length
    return isThere
  })
  return fits && at === name.length
}

/** Tells whether the channel that a 007 token holds lets its holder into this one. */
export function admitsChannel(held: string, channel: string): boolean {
  return held === '' || matchesPattern(held, channel)
}

/** Tells whether the user that a 007 token holds, a uid in decimal or an account, lets this one in. */
export function admitsUser(held: string, user: string): boolean {
  return held === '' || held === '0' || matchesPattern(held, user)
}

/** For which channel and which user a service of a token is. */
export interface ChannelAndUser {
  readonly channel: string
  /** A uid in decimal, or an account. */
  readonly user: string
}

/**
 * Of the RTC services of a 007 token, those that a session uses: which admit to its channel and its user.
 *
 * @param session - what is `undefined` is not known, and fits every service
 */
export function servicesOfSession<S extends ChannelAndUser>(
  services: readonly S[],
  { channel, user }: { readonly [Name in keyof ChannelAndUser]?: string | undefined },
): S[] {
  return services.filter(
    (held) =>
      (channel === undefined || admitsChannel(held.channel, channel)) &&
      (user === undefined || admitsUser(held.user, user)),
  )
}
