import type { TokenScope } from '../../session-adapter.ts'
import { serviceOf } from './batch-request.ts'

/**
 * A key that is equal for sessions which can use the same token. Undefined when the server is still to
 * choose the user: two sessions that shared its answer would be the same user, and one would put the
 * other out.
 *
 * @internal
 */
export function scopeKey(scope: TokenScope): string | undefined {
  const { appId = '', user } = scope
  if (!user) return undefined
  const service = serviceOf(scope)
  const channel = service === 'rtc' ? (scope.channel ?? '') : ''
  return JSON.stringify([service, appId, channel, user])
}

/**
 * Whether one token can serve both: the same user in different services of one App ID. An App ID that is
 * not known matches any.
 *
 * @internal
 */
export function areCompatible(a: TokenScope, b: TokenScope): boolean {
  if (serviceOf(a) === serviceOf(b)) return false
  return String(a.user) === String(b.user) && (a.appId ?? b.appId) === (b.appId ?? a.appId)
}
