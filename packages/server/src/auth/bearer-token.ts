// RFC 6750 §2.1. Two headers arrive joined by a comma, which no token holds: they match nothing.
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i

/** @internal Reads the bearer token of a request; `undefined` when there is none, or more than one. */
export function bearerTokenOf(request: Request): string | undefined {
  return BEARER.exec(request.headers.get('authorization') ?? '')?.[1]
}
