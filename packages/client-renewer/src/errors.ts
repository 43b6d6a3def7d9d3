import { say } from '@rtc-token/client-renewer/wording'
import type { ProblemDetail } from '@rtc-token/core/contract'

/** Why a renewal failed. Codes are API, messages are for people. `docs/errors.md` explains each code. */
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

/** What the problem document of a token endpoint says beside its code. Never contains the token in use. */
export interface ProblemWords {
  /** What is wrong with this request, for people. */
  readonly detail?: string | undefined
  /** What is wrong with which member of the request. */
  readonly errors?: readonly ProblemDetail[] | undefined
  /** By which the request is found in the log of the server. */
  readonly requestId?: string | undefined
}

/** Options of {@link RenewError}. */
export interface RenewErrorOptions extends ErrorOptions {
  /** Default: depends on the code. */
  readonly retryable?: boolean
  /** How long the server asked to wait, in milliseconds. Anything but a finite number from 0 is left out. */
  readonly retryAfterMs?: number
  /** Become members of the error. */
  readonly problem?: ProblemWords | undefined
}

/**
 * The error of this package. It never contains a token. Its message can be shown. Its `cause` is what the SDK
 * or the app's own source threw, unchanged.
 */
export class RenewError extends Error implements ProblemWords {
  override readonly name = 'RenewError'
  /** What went wrong. Part of the API. */
  declare readonly code: RenewErrorCode
  /** Whether another attempt may help. If so, the renewer makes it by itself. */
  declare readonly retryable: boolean
  /** How long the server asked to wait, in milliseconds. */
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

/** Whether a caught value is a {@link RenewError}, by its name and code. */
export function isRenewError(value: unknown): value is RenewError {
  return value instanceof Error && value.name === 'RenewError' && 'code' in value
}

/** An operation that has a time limit, as it is named in codes. @internal */
export type Operation = FallibleOperation | 'PUBLISH' | 'LEAVE'

/** An operation whose failure becomes a {@link RenewError}. @internal */
export type FallibleOperation = 'SOURCE' | 'RENEW' | 'JOIN' | 'REJOIN'

/** Returns a `RenewError` unchanged, and wraps anything else as the cause of one. @internal */
export function toRenewError(cause: unknown, operation: FallibleOperation): RenewError {
  if (isRenewError(cause)) return cause
  return failure(`${operation}_FAILED`, wordsOf(cause), { cause })
}

/** What was thrown, in its own words, without tokens: apps show them. @internal */
export function wordsOf(cause: unknown): string {
  const said: unknown = typeof cause === 'object' ? cause : { code: cause }
  const { message, reason, code }: Record<string, string | number | undefined> = Object(said)
  return withoutTokens(String((message ?? reason ?? code) || 'no reason given'))
}

/** A text in which no token is left, written in a URL or in JSON either. @internal */
export function withoutTokens(text: string): string {
  return text.replace(/00[1-9][\w+/=%\\-]{20,}/g, '…')
}

/** Codes whose words come from the source, or are about the token. */
type WordedElsewhere = 'GRANT_SCOPE' | 'SOURCE_DENIED'

/** The error of a code, in the words for it. @internal */
export function failure(
  code: Exclude<RenewErrorCode, WordedElsewhere>,
  fact?: number | string,
  options?: RenewErrorOptions,
): RenewError {
  return new RenewError(code, say(code, fact), options)
}

/** The error of an action that needs a session when there is none, or when it is over. @internal */
export function stopped(): RenewError {
  return failure('STOPPED')
}
