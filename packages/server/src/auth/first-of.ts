import type { Authenticator } from './authenticator.ts'

/** Whom an authenticator finds. */
export type SubjectOf<A> = A extends Authenticator<infer S> ? S : never

/**
 * Asks authenticators in order, and answers with the first who finds somebody. One that throws ends
 * the search: an outage of the first must not let a request in by the second, weaker way. Where none
 * finds the caller, events tell the reason of the one that got furthest.
 *
 * @throws {TypeError} when there is none, or one is no function
 *
 * @example
 * firstOf(bearerJwt({ … }), tickets.authenticate)
 */
export function firstOf<const A extends readonly Authenticator<unknown>[]>(
  ...authenticators: A
): Authenticator<SubjectOf<A[number]>>
export function firstOf(
  ...authenticators: readonly Authenticator<unknown>[]
): Authenticator<unknown> {
  if (authenticators.length === 0 || authenticators.some((item) => typeof item !== 'function')) {
    throw new TypeError('firstOf: at least one authenticator expected, and nothing else')
  }
  return async (request, context) => {
    for (const authenticate of authenticators) {
      const subject = await authenticate(request, context)
      if (subject) return subject
    }
    return null
  }
}
