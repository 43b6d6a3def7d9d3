/** What `authenticate` receives in addition to the request. */
export interface AuthenticateContext {
  readonly ip?: string | undefined
  /** Aborts when `timeoutMs` is over or the caller has disconnected. */
  readonly signal: AbortSignal
}

// `object &`, because TypeScript infers last from a call of a generic function that returns a plain function: with
// `authenticate: session(…)`, the subject of `authorize` would be unknown.
/**
 * Identifies the caller by the headers of the request; it must not read the body. A falsy result, such as `null` or
 * `undefined`, refuses the request with `unauthenticated`. An error becomes a 500, and an
 * `AuthenticatorUnavailable` a 503.
 */
export type Authenticator<S> = object &
  ((
    request: Request,
    context: AuthenticateContext,
  ) => S | null | undefined | Promise<S | null | undefined>)

/** The type of the subject that an authenticator returns. */
export type SubjectOf<A> = A extends Authenticator<infer S> ? S : never

/**
 * Tries authenticators in order and returns the first subject. If one throws, the request fails: an outage of one
 * authenticator must not admit a request through a weaker one. If all refuse, events report the reason of the one that
 * got furthest.
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
    throw new TypeError('firstOf: one or more authenticators expected')
  }
  return async (request, context) => {
    for (const authenticate of authenticators) {
      const subject = await authenticate(request, context)
      if (subject) return subject
    }
    return null
  }
}
