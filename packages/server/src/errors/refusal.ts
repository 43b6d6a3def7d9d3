import type { ProblemCode, ProblemDetail } from '@rtc-token/core/contract'

import type { AuthFault } from './auth-fault.ts'

/** The optional details of a refusal. */
export interface RefusalOptions extends ErrorOptions {
  /** Every invalid member of the body. Default: none. */
  readonly errors?: readonly ProblemDetail[]
  /** Seconds to wait before the next request. Default 1 for codes with status 503, otherwise none. */
  readonly retryAfter?: number
  /** Why the caller was not recognised, for events, logs and traces; never part of the reply. Default: unknown. */
  readonly why?: AuthFault | undefined
  /** Additional headers of the reply, in lower case. Default: none. */
  readonly headers?: Readonly<Record<string, string>>
}

/** A request was refused. Over HTTP it becomes a problem document (RFC 9457); `handler.issue` throws it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** The reason, for programs. `docs/errors.md` explains each code. */
  readonly code: ProblemCode
  /** A sentence for the caller. */
  readonly detail: string | undefined
  /** Every invalid member of the body. */
  readonly errors: readonly ProblemDetail[] | undefined
  /** Seconds to wait before the next request. */
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
 * An authenticator cannot check credentials now, for example because the key set of the identity provider cannot be
 * read. Throw it from your own authenticator: the caller gets a 503 with `authenticator_unavailable` and may retry.
 */
export class AuthenticatorUnavailable extends Error {
  override readonly name = 'AuthenticatorUnavailable'
  readonly code = 'AUTHENTICATOR_UNAVAILABLE'
}
