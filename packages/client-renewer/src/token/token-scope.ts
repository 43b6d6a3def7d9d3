import type { ReadToken } from './read-token.ts'
import type { TokenScope } from '../session-adapter.ts'
import { badGrant } from './token-grant.ts'

/** The types of services on the wire that serve a session. */
const TYPES = { rtc: [1], 'rtm-stream': [1], rtm: [2, 8], chat: [5] }

/**
 * Refuses a token that says itself that it is for something else: an SDK would fall out of the channel
 * over it, or never get in, and say no more than "invalid token". What cannot be read is let through.
 *
 * @throws {RenewError} GRANT_SCOPE; says what was expected and what the token is for
 */
export function checkScope({ appId, services }: ReadToken, scope: TokenScope): void {
  const { service } = scope
  check('App ID', scope.appId, appId)
  if (services.length === 0) return
  const types: readonly number[] = TYPES[service]
  const names = services.find(({ type }) => types.includes(type))?.names
  if (!names) return check('service', service, 'others')
  check('channel', scope.channel, names[0])
  // A chat token may name its user by an id that no SDK knows.
  if (service !== 'chat') check('user', scope.user, names.at(-1))
}

// Blank in a token: any. Blank or 0 in a scope: not known.
function check(what: string, expected: number | string | undefined, got: string | undefined): void {
  const PRINTABLE_ASCII = /^[ -~]*$/
  if (!expected || !got || String(expected) === got || !PRINTABLE_ASCII.test(`${expected}${got}`)) {
    return
  }
  throw badGrant('GRANT_SCOPE', `for ${what} "${expected}"`, `one for "${got}"`)
}
