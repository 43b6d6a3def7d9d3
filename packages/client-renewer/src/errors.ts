import { say } from '@rtc-token/client-renewer/wording'
import type { ProblemDetail } from '@rtc-token/core/contract'

/**
 * Why a renewal failed. Branch on the code; messages are for people and may change. Each code has a page:
 * https://rtc-token.github.io/rtc-token/errors
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

/** What an error takes over from the server's problem document. It never contains the current token. */
export interface ProblemWords {
  /** What is wrong with this request, for people. */
  readonly detail?: string | undefined
  /** The invalid members of the request. */
  readonly errors?: readonly ProblemDetail[] | undefined
  /** Identifies the request in the server's log. */
  readonly requestId?: string | undefined
}

/** The options of {@link RenewError}. */
export interface RenewErrorOptions extends ErrorOptions {
  /** Default: `false` for SOURCE_DENIED, REJOIN_LIMIT, REJOIN_MANUAL and STOPPED, otherwise `true`. */
  readonly retryable?: boolean
  /** How long the server asks to wait, in milliseconds, 0 or more. Default, and for any other number: no wait. */
  readonly retryAfterMs?: number
  /** Its members are copied to the error. Default: none. */
  readonly problem?: ProblemWords | undefined
}

/**
 * The only error class of this package. It never contains a token, and you may show its message. Its `cause` is
 * what the SDK or your source threw, unchanged.
 */
export class RenewError extends Error implements ProblemWords {
  override readonly name = 'RenewError'
  /** What went wrong. Codes change only in a major release. */
  declare readonly code: RenewErrorCode
  /** Whether another attempt may help. If so, the renewer makes it by itself. */
  declare readonly retryable: boolean
  /** How long the server asks to wait, in milliseconds. */
  declare readonly retryAfterMs: number | undefined
  declare readonly detail?: string | undefined
  declare readonly errors?: readonly ProblemDetail[] | undefined
  declare readonly requestId?: string | undefined

  constructor(code: RenewErrorCode, message: string, options: RenewErrorOptions = {}) {
    const FINAL = /DENIED|LIMIT|MANUAL|STOPPED/
    super(message, options)
    this.code = code
    this.retryable = options.retryable ?? !FINAL.test(code)
    Object.assign(this, options.problem)
    const { retryAfterMs = -1 } = options
    this.retryAfterMs = retryAfterMs >= 0 && retryAfterMs < Infinity ? retryAfterMs : undefined
  }
}

/**
 * Checks whether a caught value is a {@link RenewError}. It looks at name and code, so it also works when two
 * copies of this package are loaded.
 */
export function isRenewError(value: unknown): value is RenewError {
  return value instanceof Error && value.name === 'RenewError' && 'code' in value
}

/** An operation with a time limit, by its name in error codes. @internal */
export type Operation = FallibleOperation | 'PUBLISH' | 'LEAVE'

/** An operation whose failure becomes a {@link RenewError}. @internal */
export type FallibleOperation = 'SOURCE' | 'RENEW' | 'JOIN' | 'REJOIN'

/** Returns a `RenewError` unchanged, and wraps anything else as the cause of one. @internal */
export function toRenewError(cause: unknown, operation: FallibleOperation): RenewError {
  if (isRenewError(cause)) return cause
  return failure(`${operation}_FAILED`, wordsOf(cause), { cause })
}

/** Returns the message of a thrown value, without tokens, because apps show it. @internal */
export function wordsOf(cause: unknown): string {
  const said: unknown = typeof cause === 'object' ? cause : { code: cause }
  const { message, reason, code }: Record<string, string | number | undefined> = Object(said)
  return withoutTokens(String((message ?? reason ?? code) || 'no reason given'))
}

/** Removes tokens from a text, even those encoded for a URL or JSON. @internal */
export function withoutTokens(text: string): string {
  return text.replace(/00[1-9][\w+/=%\\-]{20,}/g, '…')
}

/** Codes whose messages are made elsewhere. */
type WordedElsewhere = 'GRANT_SCOPE' | 'SOURCE_DENIED'

/** Creates the error for a code with its message. @internal */
export function failure(
  code: Exclude<RenewErrorCode, WordedElsewhere>,
  fact?: number | string,
  options?: RenewErrorOptions,
): RenewError {
  return new RenewError(code, say(code, fact), options)
}

/** Creates the error for an action that needs a session when there is none. @internal */
export function stopped(): RenewError {
  return failure('STOPPED')
}
