import type { TokenScope } from '../../session-adapter.ts'
import { serviceOf } from './batch-request.ts'

/**
 * Returns a key that is equal for sessions which can use the same token. It is `undefined` when the server still has
 * to choose the user: two sessions with the same answer would be the same user, and one would end the other.
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
 * Checks whether one token can serve both sessions: the same user in different services of one App ID. An unknown
 * App ID matches any.
 *
 * @internal
 */
export function areCompatible(a: TokenScope, b: TokenScope): boolean {
  if (serviceOf(a) === serviceOf(b)) return false
  return String(a.user) === String(b.user) && (a.appId ?? b.appId) === (b.appId ?? a.appId)
}
