import type { ReadToken } from './read-token.ts'
import type { TokenScope } from '../session-adapter.ts'
import { badGrant } from './token-grant.ts'

/** The service types, as on the wire, with which a token serves a session. */
const TYPES = { rtc: [1], 'rtm-stream': [1], rtm: [2, 8], chat: [5] }

/**
 * Refuses a token that itself says that it is for something else. The SDK would lose its channel with it,
 * or never get in, and only say "invalid token". What cannot be read from the token is not checked.
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
  // A chat token may name its user by an id that the SDK does not know.
  if (service !== 'chat') check('user', scope.user, names.at(-1))
}

// An empty name in a token matches any; an empty name or 0 in a scope is not known.
function check(what: string, expected: number | string | undefined, got: string | undefined): void {
  const PRINTABLE_ASCII = /^[ -~]*$/
  if (!expected || !got || String(expected) === got || !PRINTABLE_ASCII.test(`${expected}${got}`)) {
    return
  }
  throw badGrant('GRANT_SCOPE', `for ${what} "${expected}"`, `one for "${got}"`)
}
