import { unauthenticated } from '../errors/auth-fault.ts'

// RFC 6750 §2.1. Two headers arrive joined by a comma, which a token cannot contain, so they do not match.
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i

/** @internal Reads the bearer token of a request; `undefined` unless there is exactly one. */
export function bearerTokenOf(request: Request): string | undefined {
  return BEARER.exec(request.headers.get('authorization') ?? '')?.[1]
}

/** @internal Records that a request does not have exactly one bearer token. */
export function withoutBearer(request: Request): null {
  const isSent = request.headers.get('authorization') !== null
  return isSent
    ? unauthenticated(
        request,
        'malformed',
        'The authorization header does not hold exactly one bearer token',
      )
    : unauthenticated(request, 'no_credential', 'The request has no authorization header')
}
