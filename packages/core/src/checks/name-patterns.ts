// Agora's rules for the names in a 007 token: each `*` in a channel or a user matches any number of
// characters, and an empty name, or uid 0, matches all. Some builders, such as PHP's, write uid 0 as "0".
// https://doc.shengwang.cn/doc/rtc/javascript/best-practice/wildcard-token

/**
 * Checks whether a name matches a pattern in which each `*` stands for zero or more characters. Each part
 * between two `*` is searched for once, from left to right, so no pattern is slow.
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

/**
 * Checks whether the channel in a 007 token admits its holder to a channel. By Agora's rules an empty one
 * admits to every channel, and `*` matches any characters.
 */
export function admitsChannel(held: string, channel: string): boolean {
  return held === '' || matchesPattern(held, channel)
}

/**
 * Checks whether the user in a 007 token, a uid in decimal or an account, admits a user. By Agora's rules
 * an empty one and `"0"` admit every user, and `*` matches any characters.
 */
export function admitsUser(held: string, user: string): boolean {
  return held === '' || held === '0' || matchesPattern(held, user)
}

/** The channel and the user that a service of a token is for. */
export interface ChannelAndUser {
  readonly channel: string
  /** A uid in decimal, or an account. */
  readonly user: string
}

/**
 * Returns those RTC services of a 007 token that admit a session's channel and user. A member of the
 * session that is `undefined` matches every service.
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
