import { stopwatch } from './environment/clock.ts'
import { isRenewError, RenewError } from './errors.ts'
import type { Settings } from './renewer-options.ts'
import { withTimeLimit } from './time-limit.ts'
import { toGrant } from './token-grant.ts'
import { type TokenLife, tokenLife } from './token-life.ts'
import type { TokenGrant, TokenRequest } from './token-source.ts'

/** A token that came from the source: how long it lives and for whom the server made it. */
export interface FetchedToken {
  readonly life: TokenLife
  readonly user: number | string | undefined
}

/**
 * Asks the source once. The token's life is counted from when it was asked for: rather too short
 * than too long.
 *
 * @throws {RenewError} SOURCE_FAILED, SOURCE_TIMEOUT, GRANT_INVALID, or what the source threw if it
 *   is a `RenewError`
 */
export async function fetchToken(
  { source, sourceTimeoutMs, clock, random }: Settings,
  request: Omit<TokenRequest, 'signal'>,
  controller: AbortController,
): Promise<FetchedToken> {
  const passed = stopwatch(clock)
  const late = () =>
    new RenewError('SOURCE_TIMEOUT', `token source: no answer in ${sourceTimeoutMs} ms`)
  const limit = { clock, ms: sourceTimeoutMs, controller, late }
  const answer = await withTimeLimit(limit, (signal) => source({ ...request, signal })).catch(
    asSourceError,
  )
  const grant = toGrant(answer)
  return { life: tokenLife(grant, passed, random), user: userOf(grant) }
}

function userOf({ uid, account }: TokenGrant): number | string | undefined {
  return account ?? uid
}

function asSourceError(cause: unknown): never {
  if (isRenewError(cause)) throw cause
  throw new RenewError('SOURCE_FAILED', 'token source: it threw; see cause', { cause })
}
