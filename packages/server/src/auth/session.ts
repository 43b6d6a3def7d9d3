import type { Authenticator } from './authenticator.ts'
import { FUNCTION, requireKind } from '../checks/kind.ts'
import { unauthenticated } from '../errors/auth-fault.ts'

/**
 * Authenticates by the session that your app already has: Auth.js, better-auth or your own cookie.
 *
 * Browsers send cookies from every page. The handler accepts only JSON, so a page of another origin needs a preflight
 * request first: list only your own origins in `cors`.
 *
 * @param userOf - returns the user of a request by its headers, or `null` or `undefined` if there is none. It must not
 * read the body. If it throws, the request fails.
 * @throws {TypeError} when `userOf` is not a function; at a request, when it returns `true` or a `Response`, which do
 * not identify a user
 *
 * @example
 * session(async (request) => (await auth.api.getSession({ headers: request.headers }))?.user)
 */
export function session<S>(
  userOf: (request: Request) => S | null | undefined | Promise<S | null | undefined>,
): Authenticator<S> {
  requireKind(userOf, FUNCTION, 'session')
  return async (request) => {
    const user = await userOf(request)
    if (!user) unauthenticated(request, 'no_session', 'session found no user for the request')
    if (user !== true && !(user instanceof Response)) return user
    throw new TypeError('session: a user or null expected, got true or a Response')
  }
}
