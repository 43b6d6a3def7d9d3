import type { ProblemCode, ProblemDetail } from '@rtc-token/core/contract'

import type { AuthFault } from './auth-fault.ts'

/** What a refusal can carry in addition to its code. */
export interface RefusalOptions extends ErrorOptions {
  /** Every invalid member of the body. */
  readonly errors?: readonly ProblemDetail[]
  /** Seconds after which the caller should ask again; default 1 for codes with status 503. */
  readonly retryAfter?: number
  /** Why the caller was not recognised, for events, logs and traces; never part of the reply. */
  readonly why?: AuthFault | undefined
  /** Further headers of the reply, in lower case. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A refused request. Over HTTP it becomes a problem document; `handler.issue` throws it. `code` says why.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** The machine-readable reason; `docs/errors.md` has a section for each. */
  readonly code: ProblemCode
  /** Shown to the caller. */
  readonly detail: string | undefined
  readonly errors: readonly ProblemDetail[] | undefined
  /** Seconds. */
  readonly retryAfter: number | undefined
  /** @internal */
  readonly why: AuthFault | undefined
  /** @internal */
  readonly headers: Readonly<Record<string, string>> | undefined

  constructor(code: ProblemCode, detail?: string, options: RefusalOptions = {}) {
    super(detail ?? code, options)
    this.code = code
    this.detail = detail
    this.errors = options.errors
    this.retryAfter = options.retryAfter
    this.why = options.why
    this.headers = options.headers
  }
}

/**
 * An authenticator throws this when it cannot authenticate any caller at the moment, for example because the key
 * set of the identity provider cannot be read. The caller gets a 503 and may try again.
 */
export class AuthenticatorUnavailable extends Error {
  override readonly name = 'AuthenticatorUnavailable'
  readonly code = 'AUTHENTICATOR_UNAVAILABLE'
}
