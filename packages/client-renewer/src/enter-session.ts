import { isRenewError, RenewError } from './errors.ts'
import type { FetchedToken } from './fetch-token.ts'
import type { FlightPlan } from './flight-plan.ts'
import { withTimeLimit } from './time-limit.ts'

/**
 * Has the adapter join or rejoin, within the time that a call into the SDK may take.
 *
 * @throws {RenewError} JOIN_FAILED or JOIN_TIMEOUT, REJOIN_FAILED or REJOIN_TIMEOUT
 */
export async function enterSession(
  what: 'JOIN' | 'REJOIN',
  { adapter, settings }: FlightPlan,
  { life: { token }, user }: FetchedToken,
  controller: AbortController,
): Promise<number | string> {
  const { clock, sdkTimeoutMs: ms } = settings
  const limit = { clock, ms, controller, code: `${what}_TIMEOUT` } as const
  try {
    return await withTimeLimit(limit, (signal) => {
      const request = { token, user, signal }
      return what === 'JOIN' ? adapter.join(request) : adapter.rejoin(request)
    })
  } catch (cause) {
    if (isRenewError(cause)) throw cause
    throw new RenewError(`${what}_FAILED`, `${what.toLowerCase()} failed; see cause`, { cause })
  }
}

/** Whether a first join was refused because its token has ended: then another token may do. */
export function isRefusedAsExpired(error: unknown, { adapter }: FlightPlan): boolean {
  if (!isRenewError(error) || error.code !== 'JOIN_FAILED') return false
  return adapter.isExpired?.(error.cause) ?? /expire/i.test(String(error.cause))
}

/**
 * Refuses to bring a session back that dies again and again, or that the app wants to bring back itself.
 *
 * @throws {RenewError} REJOIN_LIMIT, REJOIN_MANUAL
 */
export function checkRejoin({ mayRejoin, settings, reason }: FlightPlan): void {
  if (!mayRejoin()) {
    throw new RenewError('REJOIN_LIMIT', 'the session died right after each of several rejoins')
  }
  if (settings.rejoin === 'manual' && reason !== 'manual') {
    throw new RenewError('REJOIN_MANUAL', 'the token has ended the session; renew() brings it back')
  }
}
