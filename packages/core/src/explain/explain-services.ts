import type { DecodedToken } from '../token/decode-token.ts'
import { memberOf, NAME_MEMBERS, type NameMember, type NamesLook } from './compare-names.ts'
import { doorsOf } from './doors.ts'
import type { Expected } from './expectations.ts'
import { explainDoor, explainNames } from './explain-door.ts'
import type { Tell } from './finding.ts'
import { type HeldService, heldServices, servicesOf } from './held.ts'

/**
 * Explains what a token holds for the services that the client uses it for, and briefly what else it holds. Returns the
 * names of what it compared.
 *
 * @param end - when the token itself expires, in Unix seconds
 */
export function explainServices(
  tell: Tell,
  token: DecodedToken,
  end: number,
  expected: Expected,
): string[] {
  const held = heldServices(token)
  const isUnknown = explainUnknown(tell, token)
  const doors = doorsOf(expected, held).filter(({ used }) => used[0] || !isUnknown)
  const clock = { version: token.version, end, now: expected.now }
  const looks = doors.map((door) => explainDoor(tell, door, servicesOf(held), expected, clock))
  const used = doors.flatMap((door) => door.used)
  // A service that is not used causes no refusal.
  const warn: Tell = (code, message) => tell(code, message, 'warning')
  for (const one of held) if (!used.includes(one)) explainNames(warn, one, () => true)
  if (!isUnknown) tellUncompared(tell, looks, used, expected)
  const compared = looks.filter(({ members }) => members[0])
  const service = expected.service ? ['service'] : []
  return [...service, ...compared.map((look) => sayCompared(look, expected))]
}

/** Reports services that cannot be read, and returns whether there are any. */
function explainUnknown(tell: Tell, token: DecodedToken): boolean {
  const services = token.version === '007' ? token.services : []
  const unknown = services.find((claims) => claims.service === 'unknown')
  if (!unknown) return false
  const message = `Expected services 1 to 10, got number ${unknown.type}; it and what follows were not read.`
  tell('UNKNOWN_SERVICE', message)
  return true
}

/** Reports the given names that could not be compared with anything. */
function tellUncompared(
  tell: Tell,
  looks: readonly NamesLook[],
  used: readonly HeldService[],
  expected: Expected,
): void {
  const told = new Set(looks.flatMap(({ members }) => members))
  for (const name of NAME_MEMBERS) {
    if (expected[name] === undefined || told.has(name)) continue
    const isHeld = used.some(({ channel, user }) =>
      [channel, user].some((held) => held && memberOf(held, expected) === name),
    )
    const why = isHeld
      ? 'the token has another id, or none'
      : `a token for ${servicesOf(used).join(' and ')} has none`
    tell('NOT_COMPARED', `The ${labelOf(name, expected)} was not compared: ${why}.`)
  }
}

function sayCompared({ members, fitting }: NamesLook, expected: Expected): string {
  const names = members.map((member) => labelOf(member, expected))
  return `${names.join(' and ')} of ${servicesOf(fitting).join(' and ')}`
}

function labelOf(member: NameMember, { isAccount }: Expected): string {
  return member === 'user' ? (isAccount ? 'account' : 'uid') : member
}
