import { TokenError } from '../errors.ts'
import { checkAccount, checkUid } from './checks.ts'

/** A user: either `uid`, 1 to 4294967295, or `account`, 1 to 255 bytes in the characters of `checkChannel`. */
export type Identity =
  | { readonly uid: number; readonly account?: never; readonly anyUser?: never }
  | { readonly account: string; readonly uid?: never; readonly anyUser?: never }

/**
 * The user a token is for. With `anyUser: true`, Agora does not check the uid, so anyone who gets hold of
 * the token can join as any user.
 */
export type RtcUser =
  | Identity
  | { readonly anyUser: true; readonly uid?: never; readonly account?: never }

/** The members that identify a user, unchecked. */
interface UserMembers {
  readonly uid?: unknown
  readonly account?: unknown
  readonly anyUser?: unknown
}

/**
 * Returns the user as a token stores it: the uid in decimal, the account, or an empty string for any user.
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
