import type { Authenticator } from './authenticator.ts'

/** The subject type of an authenticator. */
export type SubjectOf<A> = A extends Authenticator<infer S> ? S : never

/**
 * Asks authenticators in order and returns the first subject found. If one throws, the request fails: an outage of the
 * first must not admit a request by the second, weaker way. If all refuse, events give the reason of the one that got
 * furthest.
 *
 * @throws {TypeError} when the list is empty, or an item is not a function
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
