import { otherToken } from '@rtc-token/client-renewer/wording'
import { admitsChannel, admitsUser } from '@rtc-token/core/contract'
import { RenewError } from '../errors.ts'
import type { TokenScope } from '../session-adapter.ts'
import type { ReadService, ReadToken } from './read-token.ts'

/**
 * Finds how long a token serves a session: until its end, or that of the privilege which opens the service that
 * the session uses. Refuses a token that itself says that it is for something else: the SDK would lose its
 * channel with it, or never get in, and only say "invalid token". What cannot be read is not checked.
 *
 * @param scope - the user 0 is one that is not named: only a token for any user will do
 * @param isChecked - otherwise a token for something else is not refused
 * @returns seconds from its issue
 * @throws {RenewError} GRANT_SCOPE; says what was expected and what the token is for
 */
export function lifeFor(token: ReadToken, scope: TokenScope, isChecked: boolean): number {
  const used = servicesFor(token.services, scope, isChecked)
  return Math.min(token.life, ...used.map(({ life }) => life || Infinity))
}

function servicesFor(
  services: readonly ReadService[],
  scope: TokenScope,
  isChecked: boolean,
): readonly ReadService[] {
  const MEMBERS = ['appId', 'service', 'channel', 'user'] as const
  const isStream = scope.service === 'rtm-stream'
  const wanted = { ...scope, service: isStream ? 'rtc' : scope.service }
  return MEMBERS.reduce((left, what) => {
    const { [what]: name = '' } = wanted
    const isUser = what === 'user'
    // A chat token may name its user by an id that the SDK does not know.
    if (name === '' || (isUser && wanted.service === 'chat')) return left
    const admits = isUser ? admitsUser : admitsChannel
    const fitting = left.filter((held) => admits(held[what] ?? '', `${name}`))
    if (fitting[0] || !left[0]) return fitting
    if (!isChecked) return left
    const got = new Set(left.map((held) => held[what]))
    // App ID and certificate may have been swapped where the token was made: what was read may be the secret.
    const SECRETS = /[\da-f]{32}/gi
    const words = otherToken(what, name, [...got], isStream).replace(SECRETS, '…')
    throw new RenewError('GRANT_SCOPE', words)
  }, services)
}
