/**
 * Why a renewal failed. The code is API; the message is prose for people. `docs/errors.md` has an
 * entry for each.
 */
export type RenewErrorCode =
  | 'SOURCE_FAILED'
  | 'SOURCE_TIMEOUT'
  | 'SOURCE_DENIED'
  | 'GRANT_INVALID'
  | 'GRANT_STALE'
  | 'GRANT_SCOPE'
  | 'RENEW_FAILED'
  | 'RENEW_TIMEOUT'
  | 'JOIN_FAILED'
  | 'JOIN_TIMEOUT'
  | 'REJOIN_FAILED'
  | 'REJOIN_TIMEOUT'
  | 'REJOIN_LIMIT'
  | 'REJOIN_MANUAL'
  | 'PUBLISH_TIMEOUT'
  | 'LEAVE_TIMEOUT'
  | 'STOPPED'

/** What a {@link RenewError} can carry besides its code. */
export interface RenewErrorOptions extends ErrorOptions {
  /** Default: what the code suggests. */
  readonly retryable?: boolean
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number
}

/**
 * The one error of this package. It never holds a token; its `cause` is what the SDK or the app's own
 * source threw, as it was.
 */
export class RenewError extends Error {
  override readonly name = 'RenewError'
  /** What went wrong, for programs. Stable: a change of it is a breaking change. */
  declare readonly code: RenewErrorCode
  /** Whether trying again may help. While it may, the renewer goes on by itself. */
  declare readonly retryable: boolean
  /** How long the server asked to wait, in milliseconds. */
  declare readonly retryAfterMs: number | undefined

  constructor(code: RenewErrorCode, message: string, options: RenewErrorOptions = {}) {
    const FINAL = /DENIED|LIMIT|MANUAL|STOPPED/
    super(message, options)
    this.code = code
    this.retryable = options.retryable ?? !FINAL.test(code)
    this.retryAfterMs = options.retryAfterMs
  }
}

/** Tells whether something caught is a {@link RenewError}, by name and code. */
export function isRenewError(value: unknown): value is RenewError {
  return value instanceof Error && value.name === 'RenewError' && 'code' in value
}

/** What can take too long, as in the codes of its errors. @internal */
export type Deed = Failing | 'PUBLISH' | 'LEAVE'

/** What can also fail with an error of ours. @internal */
export type Failing = 'SOURCE' | 'RENEW' | 'JOIN' | 'REJOIN'

/** A `RenewError` as it is; anything else as the cause of one. @internal */
export function toRenewError(cause: unknown, deed: Failing): RenewError {
  if (isRenewError(cause)) return cause
  return new RenewError(`${deed}_FAILED`, `${deed}: see cause`, { cause })
}

/** There is nothing to do it for, or no longer. @internal */
export function stopped(): RenewError {
  return new RenewError('STOPPED', 'there is no session')
}
