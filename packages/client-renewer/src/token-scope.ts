import { RenewError } from './errors.ts'
import type { Glance } from './glance/glance.ts'
import type { TokenScope } from './session-adapter.ts'

/** The types of services on the wire that serve a session. */
const TYPES = { rtc: [1], 'rtm-stream': [1], rtm: [2, 8], chat: [5] } as const
const PRINTABLE_ASCII = /^[ -~]*$/

/**
 * Refuses a token that says itself that it is for something else: an SDK would fall out of the channel
 * over it, or never get in, and say no more than "invalid token". What cannot be read is let through.
 *
 * @throws {RenewError} GRANT_SCOPE; says what was expected and what the token is for
 */
export function checkScope({ appId, services }: Glance, scope: TokenScope): void {
  if (scope.appId !== undefined) check('App ID', scope.appId, appId)
  if (services.length === 0) return
  const types: readonly number[] = TYPES[scope.service]
  const service = services.find(({ type }) => types.includes(type))
  if (!service) throw mismatch('service', scope.service, 'others')
  const [first = '', second = ''] = service.texts
  if (types[0] === TYPES.rtc[0]) check('channel', scope.channel, first)
  // A chat token may name its user by an id that no SDK knows.
  if (scope.service !== 'chat')
    check('user', scope.user, types[0] === TYPES.rtc[0] ? second : first)
}

// Blank in a token: any. Blank or 0 in a scope: not known.
function check(what: string, expected: number | string | undefined, got: string): void {
  if (!expected || !got || String(expected) === got) return
  if (PRINTABLE_ASCII.test(`${expected}${got}`)) throw mismatch(what, expected, got)
}

function mismatch(what: string, expected: number | string, got: string): RenewError {
  const message = `token source: a token for ${what} "${expected}" expected, got one for "${got}"`
  return new RenewError('GRANT_SCOPE', message)
}
