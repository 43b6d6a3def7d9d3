import type { ServiceName } from '@rtc-token/core/contract'

import { isJsonObject, type JsonObject } from '../checks/json-object.ts'
import { Refusal } from '../errors/refusal.ts'
import { SERVICES } from '../policy/service-names.ts'

/** Reads the values in the path of an old route as a wish. @internal */
export type ReadOldPath = (values: readonly string[]) => JsonObject

/**
 * Reads channel, role, kind of user, user, and perhaps the user of messaging.
 *
 * @internal
 */
export function wishOfCall(services: readonly ServiceName[]): ReadOldPath {
  return ([channel = '', role, kind, user = '', rtmUser = '']) => {
    if (kind !== 'uid' && kind !== 'userAccount') {
      throw new Refusal('invalid_request', 'The token type is neither uid nor userAccount')
    }
    const known = services.includes('rtm') ? oneUser(user, rtmUser) : user
    return {
      services,
      channel,
      role: roleOf(role),
      ...(kind === 'uid' ? { uid: known } : { account: known }),
    }
  }
}

/** Reads a user of messaging or chat. @internal */
export function wishOfUser(service: ServiceName): ReadOldPath {
  return ([user = '']) => ({ services: [service], account: checkedUser(user) })
}

/**
 * Reads the body of getToken. Its uid is text for both kinds: digits are a uid, all else is an account.
 * Messaging in a channel is for stream channels, which are open to those who may join the call.
 *
 * @internal
 * @throws {Refusal} invalid_request or identity_invalid
 */
export function wishOfGetToken(body: unknown): JsonObject {
  if (!isJsonObject(body)) throw new Refusal('invalid_request', 'The body must be a JSON object')
  const { channel, role, uid } = body
  const service = SERVICES.find((service) => service === body['tokenType'])
  if (!service) throw new Refusal('invalid_request', '/tokenType: rtc, rtm or chat expected')
  if (isLeftOut(uid)) throw new Refusal('identity_invalid', '/uid: is required')
  const ttl = secondsOf(body['expire'])
  const isStream = service === 'rtm' && !isLeftOut(channel) && channel !== ''
  return {
    services: isStream ? ['rtc', 'rtm'] : [service],
    ...(isStream || service === 'rtc' ? { role: roleOf(role) } : {}),
    ...(isStream || (service === 'rtc' && !isLeftOut(channel)) ? { channel } : {}),
    ...identityOf(service, uid),
    ...(isLeftOut(ttl) || ttl === 0 ? {} : { ttl }),
  }
}

/** To the old service, digits without a unit are seconds. @internal */
export function secondsOf(life: unknown): unknown {
  return typeof life === 'string' && /^\d{1,15}$/.test(life) ? Number(life) : life
}

// To the old service a `null` is as good as nothing.
function isLeftOut(value: unknown): boolean {
  return value === undefined || value === null
}

function identityOf(service: ServiceName, uid: unknown): JsonObject {
  const isUid = service === 'rtc' && typeof uid === 'string' && /^\d+$/.test(uid)
  return isUid || typeof uid === 'number' ? { uid } : { account: uid }
}

// As the old service reads it: who is not a publisher is a subscriber.
function roleOf(role: unknown): string {
  return role === 'publisher' ? 'publisher' : 'subscriber'
}

// To the old service 0 is no user of messaging, also where it is a text.
function checkedUser(user: string): string {
  if (user !== '0') return user
  throw new Refusal('identity_invalid', '0 is no user id')
}

// One token holds one user. As there, a user of messaging who is not named is that of the call.
function oneUser(user: string, rtmUser: string): string {
  const known = checkedUser(user)
  if (rtmUser === '' || rtmUser === known) return known
  const remedy = 'ask /rtc/ and /rtm/ for a token each'
  throw new Refusal('identity_ambiguous', `The call and messaging have two users; ${remedy}`)
}
