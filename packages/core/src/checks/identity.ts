import { TokenError } from '../errors.ts'
import { checkAccount, checkUid } from './checks.ts'

/** One user of a channel: by number (1 to 4294967295) or by user account, never both. */
export type Identity =
  | { readonly uid: number; readonly account?: never; readonly anyUser?: never }
  | { readonly account: string; readonly uid?: never; readonly anyUser?: never }

/**
 * The user of a token. `anyUser` makes a token that every uid may use: Agora then checks no uid at all,
 * so anyone who gets hold of the token can join as any user.
 */
export type RtcUser =
  | Identity
  | { readonly anyUser: true; readonly uid?: never; readonly account?: never }

/** The members that name the user of a token, unchecked. */
interface UserMembers {
  readonly uid?: unknown
  readonly account?: unknown
  readonly anyUser?: unknown
}

/**
 * Turns an identity into the text that a token holds: decimal uid, account, or nothing for any user.
 *
 * @throws {TokenError} IDENTITY_AMBIGUOUS, UID_INVALID or ACCOUNT_INVALID
 */
export function userText({ uid, account, anyUser }: UserMembers): string {
  const given =
    Number(uid !== undefined) + Number(account !== undefined) + Number(anyUser !== undefined)
  if (given !== 1) {
    throw new TokenError(
      'IDENTITY_AMBIGUOUS',
      `user: exactly one of uid, account and anyUser expected, got ${given === 0 ? 'none' : given}`,
    )
  }
  if (uid !== undefined) return String(checkUid(uid))
  if (account !== undefined) return checkAccount(account)
  if (anyUser === true) return ''
  throw new TokenError('IDENTITY_AMBIGUOUS', 'user: anyUser can only be true')
}
