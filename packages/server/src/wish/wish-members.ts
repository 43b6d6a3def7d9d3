import { checkAccount, checkChannel, checkUid, checkUserId } from '@rtc-token/core'
import { type ProblemCode, type Role, ROLES, type ServiceName } from '@rtc-token/core/contract'

import { isJsonObject, type JsonObject } from '../checks/kind.ts'
import { secondsOf } from '../checks/length-of-time.ts'
import { Refusal } from '../errors/refusal.ts'

const MAX_PARAMS_BYTES = 1024
/** A uid as a string. @internal */
export const DECIMAL_UID: RegExp = /^[1-9]\d{0,9}$/
// For JSON without whitespace. Inside a string or a longer name, the quote would be escaped with a backslash.
const PROTOTYPE_MEMBER = /[{,]"(__proto__|constructor|prototype)":/

/** @internal Checks the list of services: at least one, all offered, without duplicates. */
export function checkServices(
  value: unknown,
  offered: readonly ServiceName[],
): readonly ServiceName[] {
  if (!Array.isArray(value) || value.length === 0) {
    return fail('invalid_request', 'a list of at least one service expected')
  }
  const services = value.map((item: unknown, index) => {
    const service = offered.find((service) => service === item)
    return service ?? fail('invalid_request', `item ${index} is not one of ${offered.join(', ')}`)
  })
  if (new Set(services).size === services.length) return services
  return fail('invalid_request', 'a service is listed twice')
}

/** @internal Checks a channel as core does, with a code of its own for wildcards. */
export function checkWishedChannel(value: unknown): string {
  return checkChannel(refuseWildcard(value))
}

/** @internal Checks an account as core does, with a code of its own for wildcards. */
export function checkWishedAccount(value: unknown): string {
  return checkAccount(refuseWildcard(value))
}

/** @internal Checks an account that is also the user id of messaging or chat, which must be shorter. */
export function checkWishedUserId(value: unknown): string {
  return checkUserId(checkWishedAccount(value))
}

/** @internal Reads a uid given as a number or a decimal string. Refuses 0, which means "any user". */
export function checkWishedUid(value: unknown): number {
  const uid = typeof value === 'string' && DECIMAL_UID.test(value) ? Number(value) : value
  if (typeof uid === 'number' && uid !== 0) return checkUid(uid)
  return fail('identity_invalid', 'integer 1 to 4294967295 expected; use account for a string')
}

/** @internal Checks the role. */
export function checkRole(value: unknown): Role {
  const role = ROLES.find((role) => role === value)
  return role ?? fail('role_unknown', `one of ${ROLES.join(', ')} expected`)
}

/** @internal Reads a length of time in seconds, at least 1 and below 1e9. */
export function checkWishedTtl(value: unknown): number {
  const seconds = typeof value === 'number' ? value : secondsOf(value)
  if (seconds >= 1e9) {
    fail('ttl_looks_absolute', 'this is a timestamp; send the life of the token in seconds')
  }
  if (Number.isInteger(seconds) && seconds >= 1) return seconds
  return fail('ttl_invalid', 'whole seconds expected, or a string such as "90s", "15m" or "1h"')
}

/** @internal Checks that the previous token is a string; it is verified later. */
export function checkPreviousToken(value: unknown): string {
  return typeof value === 'string' ? value : fail('previous_token_invalid', 'a string expected')
}

/** @internal Checks the type and size of the member `params`, not its content. */
export function checkParams(value: unknown): JsonObject {
  if (!isJsonObject(value)) return fail('invalid_request', 'an object expected')
  const text = JSON.stringify(value)
  if (new TextEncoder().encode(text).length > MAX_PARAMS_BYTES) {
    fail('invalid_request', `at most ${MAX_PARAMS_BYTES} bytes of JSON expected`)
  }
  // Harmless here, but a policy that copies its params by assignment would change a prototype with them.
  const [, name] = PROTOTYPE_MEMBER.exec(text) ?? []
  return name === undefined ? value : fail('invalid_request', `a member named ${name} is refused`)
}

function refuseWildcard(value: unknown): unknown {
  if (typeof value !== 'string' || !['', '*'].includes(value.trim())) return value
  return fail('wildcard_refused', 'a name expected, got a blank or a wildcard')
}

function fail(code: ProblemCode, detail: string): never {
  throw new Refusal(code, detail)
}
