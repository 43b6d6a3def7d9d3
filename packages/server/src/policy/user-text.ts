import type { Identity } from '@rtc-token/core'

/** The string for an identity in a token, where uid 7 and account "7" are the same user. @internal */
export function userText({ uid, account }: Identity): string {
  return uid === undefined ? account : String(uid)
}
