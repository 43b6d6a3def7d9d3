import { stopwatch } from './environment/clock.ts'
import { isRenewError, RenewError } from './errors.ts'
import { glance } from './glance/glance.ts'
import type { Settings } from './renewer-options.ts'
import { withTimeLimit } from './time-limit.ts'
import { toGrant } from './token-grant.ts'
import { type TokenLife, tokenLife } from './token-life.ts'
import { checkScope } from './token-scope.ts'
import type { TokenRequest } from './token-source.ts'

/** A token that came from the source: how long it lives and for whom the server made it. */
export interface FetchedToken {
  readonly life: TokenLife
  readonly user: number | string | undefined
}

/**
 * Asks the source once. The token's life is counted from when it was asked for: rather too short
 * than too long.
 *
 * @throws {RenewError} SOURCE_FAILED, SOURCE_TIMEOUT, GRANT_INVALID, GRANT_SCOPE, or what the source
 *   threw if it is a `RenewError`
 */
export async function fetchToken(
  settings: Settings,
  request: Omit<TokenRequest, 'signal'>,
  controller: AbortController,
): Promise<FetchedToken> {
  const { source, sourceTimeoutMs: ms, clock } = settings
  const passed = stopwatch(clock)
  const limit = { clock, ms, controller, code: 'SOURCE_TIMEOUT' } as const
  const answer = await withTimeLimit(limit, (signal) => source({ ...request, signal })).catch(
    asSourceError,
  )
  const grant = toGrant(answer)
  const user = grant.account ?? grant.uid
  const said = glance(grant.token)
  if (said) checkScope(said, inScope(request, user))
  return { life: tokenLife(grant, passed, said, settings), user }
}

// Nobody is in yet: the server may choose another user than the one asked for.
function inScope(
  { reason, scope }: Omit<TokenRequest, 'signal'>,
  named: number | string | undefined,
) {
  return reason === 'join' ? { ...scope, user: named ?? scope.user } : scope
}

function asSourceError(cause: unknown): never {
  if (isRenewError(cause)) throw cause
  throw new RenewError('SOURCE_FAILED', 'token source: it threw; see cause', { cause })
}
