import type { Identity } from '@rtc-token/core'

/** What a token holds of an identity: in it, uid 7 and account "7" are the same user. @internal */
export function userText({ uid, account }: Identity): string {
  return uid === undefined ? account : String(uid)
}
