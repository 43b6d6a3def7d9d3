import type { ProblemCode, ProblemDetail } from '@rtc-token/core/contract'

/** What a refusal can carry beside its code. */
export interface RefusalOptions extends ErrorOptions {
  /** Every member at fault. */
  readonly errors?: readonly ProblemDetail[]
}

/**
 * Ends the handling of a request with a problem document.
 *
 * @internal
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ProblemCode
  /** Shown to the caller. */
  readonly detail: string | undefined
  readonly errors: readonly ProblemDetail[] | undefined

  constructor(code: ProblemCode, detail?: string, options: RefusalOptions = {}) {
    super(detail ?? code, options)
    this.code = code
    this.detail = detail
    this.errors = options.errors
  }
}
