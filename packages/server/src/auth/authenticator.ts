/** The second argument of `authenticate`. */
export interface AuthenticateContext {
  readonly ip?: string | undefined
  /** Aborts when `timeoutMs` is over or the caller has disconnected. */
  readonly signal: AbortSignal
}

// `object &`, since TypeScript looks last of all at a call of a generic function that returns a plain
// function: beside `authenticate: session(…)` the subject of `authorize` would be settled as unknown.
/**
 * Identifies the caller by the headers of the request; it must not read the body. A falsy result, such as `null`
 * or `undefined`, refuses the request with `unauthenticated`.
 */
export type Authenticator<S> = object &
  ((
    request: Request,
    context: AuthenticateContext,
  ) => S | null | undefined | Promise<S | null | undefined>)
