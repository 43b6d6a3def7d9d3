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

const FINAL: ReadonlySet<RenewErrorCode> = /* @__PURE__ */ new Set([
  'SOURCE_DENIED',
  'REJOIN_LIMIT',
  'REJOIN_MANUAL',
  'STOPPED',
])

/**
 * The one error of this package. It never holds a token; its `cause` is what the SDK or the app's own
 * source threw, as it was.
 */
export class RenewError extends Error {
  override readonly name = 'RenewError'
  /** What went wrong, for programs. Stable: a change of it is a breaking change. */
  readonly code: RenewErrorCode
  /** Whether trying again may help. While it may, the renewer goes on by itself. */
  readonly retryable: boolean
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(code: RenewErrorCode, message: string, options: RenewErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.retryable = options.retryable ?? !FINAL.has(code)
    this.retryAfterMs = options.retryAfterMs
  }
}

/** Tells whether something caught is a {@link RenewError}, by name and code. */
export function isRenewError(value: unknown): value is RenewError {
  return value instanceof Error && value.name === 'RenewError' && 'code' in value
}
