import { type ServiceName, SERVICES } from '@rtc-token/core/contract'

import { isJsonObject, type JsonObject } from '../checks/kind.ts'
import { Refusal } from '../errors/refusal.ts'

/** Reads the values in the path of an old route as a wish. @internal */
export type ReadOldPath = (values: readonly string[]) => JsonObject

/**
 * Reads channel, role, kind of user, user, and optionally the messaging user from the path of a call.
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
 * Reads the body of getToken. Its `uid` is a string for uids and accounts: digits are a uid, anything else an
 * account. Messaging with a channel is for stream channels, which are open to users who may join the call.
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

/** The old service reads digits without a unit as seconds. @internal */
export function secondsOf(life: unknown): unknown {
  return typeof life === 'string' && /^\d{1,15}$/.test(life) ? Number(life) : life
}

// The old service treats `null` as absent.
function isLeftOut(value: unknown): boolean {
  return value === undefined || value === null
}

function identityOf(service: ServiceName, uid: unknown): JsonObject {
  const isUid = service === 'rtc' && typeof uid === 'string' && /^\d+$/.test(uid)
  return isUid || typeof uid === 'number' ? { uid } : { account: uid }
}

// As in the old service, any role other than `publisher` means `subscriber`.
function roleOf(role: unknown): string {
  return role === 'publisher' ? 'publisher' : 'subscriber'
}

// The old service does not accept 0 as a messaging user, not even as a string.
function checkedUser(user: string): string {
  if (user !== '0') return user
  throw new Refusal('identity_invalid', '0 is not a user id')
}

// A token holds one user. As in the old service, the messaging user defaults to the user of the call.
function oneUser(user: string, rtmUser: string): string {
  const known = checkedUser(user)
  if (rtmUser === '' || rtmUser === known) return known
  const remedy = 'ask /rtc/ and /rtm/ for one token each'
  throw new Refusal(
    'identity_ambiguous',
    `The request names different users for the call and for messaging; ${remedy}`,
  )
}
