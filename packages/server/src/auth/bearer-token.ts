import { unauthenticated } from '../errors/auth-fault.ts'

// RFC 6750 §2.1. Two headers arrive joined by a comma, which no token holds: they match nothing.
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i

/** @internal Reads the bearer token of a request; `undefined` when there is none, or more than one. */
export function bearerTokenOf(request: Request): string | undefined {
  return BEARER.exec(request.headers.get('authorization') ?? '')?.[1]
}

/** @internal Says that a request has no bearer token, or no single one. */
export function withoutBearer(request: Request): null {
  const isSent = request.headers.get('authorization') !== null
  return isSent
    ? unauthenticated(request, 'malformed', 'The authorization header is not one bearer token')
    : unauthenticated(request, 'no_credential', 'There is no authorization header')
}
