import type { TokenScope } from '../../session-adapter.ts'
import { serviceOf } from './batch-request.ts'

/**
 * Sessions with the same key can live on the same token. Undefined where the server is still to choose
 * the user: two sessions that shared that answer would be one user twice, and throw each other out.
 *
 * @internal
 */
export function scopeKey(scope: TokenScope): string | undefined {
  const { appId = '', user } = scope
  if (!user) return undefined
  return JSON.stringify([serviceOf(scope), appId, channelOf(scope), user])
}

/** Whether one token can serve both: the same user, and not two channels. @internal */
export function areCompatible(a: TokenScope, b: TokenScope): boolean {
  if (serviceOf(a) === serviceOf(b)) return false
  return String(a.user) === String(b.user) && (a.appId ?? b.appId) === (b.appId ?? a.appId)
}

function channelOf(scope: TokenScope): string {
  return serviceOf(scope) === 'rtc' ? (scope.channel ?? '') : ''
}
