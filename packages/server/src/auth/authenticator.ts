/** What `authenticate` gets beside the request. */
export interface AuthenticateContext {
  readonly ip?: string | undefined
  /** Aborts when the time for an answer is over or the caller has gone. */
  readonly signal: AbortSignal
}

// `object &`, since TypeScript looks last of all at a call of a generic function that returns a plain
// function: beside `authenticate: session(…)` the subject of `authorize` would be settled as unknown.
/**
 * Says who asks, by the headers of the request; its body is not for it. Nobody (`null`, `undefined`,
 * and every other falsy value) refuses with `unauthenticated`.
 */
export type Authenticator<S> = object &
  ((
    request: Request,
    context: AuthenticateContext,
  ) => S | null | undefined | Promise<S | null | undefined>)
