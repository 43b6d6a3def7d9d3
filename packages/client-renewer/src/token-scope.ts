import { RenewError } from './errors.ts'
import type { Glance } from './glance/glance.ts'
import type { TokenScope } from './session-adapter.ts'

/** The types of services on the wire that serve a session. */
const RTC = [1]
const TYPES = { rtc: RTC, 'rtm-stream': RTC, rtm: [2, 8], chat: [5] }

/**
 * Refuses a token that says itself that it is for something else: an SDK would fall out of the channel
 * over it, or never get in, and say no more than "invalid token". What cannot be read is let through.
 *
 * @throws {RenewError} GRANT_SCOPE; says what was expected and what the token is for
 */
export function checkScope({ appId, services }: Glance, scope: TokenScope): void {
  check('App ID', scope.appId, appId)
  if (services.length === 0) return
  const types: readonly number[] = TYPES[scope.service]
  const texts = services.find(({ type }) => types.includes(type))?.texts
  if (!texts) return check('service', scope.service, 'others')
  const [first, second] = texts
  const isCall = types === RTC
  if (isCall) check('channel', scope.channel, first)
  // A chat token may name its user by an id that no SDK knows.
  if (scope.service !== 'chat') check('user', scope.user, isCall ? second : first)
}

// Blank in a token: any. Blank or 0 in a scope: not known.
function check(what: string, expected: number | string | undefined, got: string | undefined): void {
  const PRINTABLE_ASCII = /^[ -~]*$/
  if (!expected || !got || String(expected) === got || !PRINTABLE_ASCII.test(`${expected}${got}`)) {
    return
  }
  const message = `token source: a token for ${what} "${expected}" expected, got one for "${got}"`
  throw new RenewError('GRANT_SCOPE', message)
}
