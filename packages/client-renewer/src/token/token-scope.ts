import { otherToken } from '@rtc-token/client-renewer/wording'
import { admitsChannel, admitsUser } from '@rtc-token/core/contract'
import { RenewError } from '../errors.ts'
import type { TokenScope } from '../session-adapter.ts'
import type { ReadService, ReadToken } from './read-token.ts'

/**
 * Returns how long a token serves a session: until the token expires, or the privilege for the service that the session
 * uses. Refuses a token for something else, with which the SDK would lose its channel or never join, and report only
 * "invalid token". Parts of a token that cannot be read are not checked.
 *
 * @param scope - the user 0 means that no user is named: only a token for any user is accepted
 * @param isChecked - whether to refuse a token for something else
 * @returns seconds from its issue
 * @throws {RenewError} GRANT_SCOPE; the message says what was expected and what the token is for
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
    // A chat token may contain a user id that the SDK does not know.
    if (name === '' || (isUser && wanted.service === 'chat')) return left
    const admits = isUser ? admitsUser : admitsChannel
    const fitting = left.filter((held) => admits(held[what] ?? '', `${name}`))
    if (fitting[0] || !left[0]) return fitting
    if (!isChecked) return left
    const got = new Set(left.map((held) => held[what]))
    // If App ID and certificate were swapped when the token was made, the value in it is the secret.
    const SECRETS = /[\da-f]{32}/gi
    const words = otherToken(what, name, [...got], isStream).replace(SECRETS, '…')
    throw new RenewError('GRANT_SCOPE', words)
  }, services)
}
