import type { Authenticator } from './authenticator.ts'
import { FUNCTION, requireKind } from '../checks/kind.ts'
import { unauthenticated } from '../errors/auth-fault.ts'

/**
 * Authenticates by the session that your app already has: Auth.js, better-auth, a cookie of your own. `null` and
 * `undefined` mean that there is no user; if the function throws, the request fails.
 *
 * Browsers send cookies from every page. The handler accepts only JSON, so a foreign page needs a preflight first:
 * list only your own origins in `cors`.
 *
 * @param userOf finds the user of a request, by its headers; the body is not for it
 * @throws {TypeError} when it is not a function; and at a request, when it answers `true` or with a
 * `Response`, as functions do that redirect the signed-out: neither says who asks
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
    if (!user) unauthenticated(request, 'no_session', 'The application knows no user for it')
    if (user !== true && !(user instanceof Response)) return user
    throw new TypeError('session: a user or null expected, got true or a Response')
  }
}
