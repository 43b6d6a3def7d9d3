import type { Identity } from '@rtc-token/core'
import type { Role, ServiceName, TokenRequestBody } from '@rtc-token/core/contract'

import type { JsonObject } from '../checks/kind.ts'
import { MemberReader } from './member-reader.ts'
import type { Wish } from '../policy/policy.ts'
import {
  checkParams,
  checkPreviousToken,
  checkRole,
  checkServices,
  checkWishedAccount,
  checkWishedChannel,
  checkWishedTtl,
  checkWishedUid,
  checkWishedUserId,
} from './wish-members.ts'

/** A validated body. In a renewal the previous token may still have to supply the channel, identity and role. */
export interface WishDraft extends Omit<Wish, 'services' | 'channel' | 'identity' | 'role'> {
  /** The requested services; `undefined` in a renewal that takes them from the previous token. */
  readonly services: readonly ServiceName[] | undefined
  readonly role: Role | undefined
  readonly identity: Identity | undefined
  readonly channel: string | undefined
  readonly previousToken: string | undefined
  readonly params: JsonObject
}

/** The services and lives that a handler offers. */
interface WishBounds {
  readonly services: readonly ServiceName[]
  /** Seconds. */
  readonly ttl: { readonly default: number; readonly max: number; readonly min: number }
}

const MEMBER_NAMES = [
  'services',
  'channel',
  'uid',
  'account',
  'role',
  'ttl',
  'previousToken',
  'params',
] as const satisfies readonly (keyof TokenRequestBody)[]

/**
 * Reads a wish from parsed JSON: checks every member, fills in the defaults, limits the ttl to the maximum.
 *
 * @internal
 * @throws {Refusal} with all faults found
 */
export function readWish(json: unknown, { ttl, services: offered }: WishBounds): WishDraft {
  const members = new MemberReader(json, MEMBER_NAMES)
  const services = readServices(members, offered)
  const draft = {
    services,
    channel: readChannel(members, services),
    identity: readIdentity(members, services),
    role: members.read('role', checkRole),
    ttl: Math.min(readTtl(members, ttl.min) ?? ttl.default, ttl.max),
    previousToken: members.read('previousToken', checkPreviousToken),
    params: members.read('params', checkParams) ?? {},
  } as const satisfies WishDraft
  members.finish()
  return draft
}

function readServices(
  members: MemberReader,
  offered: readonly ServiceName[],
): readonly ServiceName[] | undefined {
  const services = members.read('services', (value) => checkServices(value, offered))
  if (members.has('services') || members.has('previousToken')) return services
  return offered.includes('rtc') ? ['rtc'] : offered.slice(0, 1)
}

function readChannel(
  members: MemberReader,
  services: readonly ServiceName[] = [],
): string | undefined {
  const isNeeded = services.includes('rtc') && !members.has('previousToken')
  if (isNeeded && !members.has('channel')) {
    members.fault('channel_invalid', 'channel', 'is required without a previousToken')
  }
  return members.read('channel', checkWishedChannel)
}

function readIdentity(
  members: MemberReader,
  services: readonly ServiceName[] = [],
): Identity | undefined {
  const isUserId = services.some((service) => service !== 'rtc')
  const uid = members.read('uid', checkWishedUid)
  const account = members.read('account', isUserId ? checkWishedUserId : checkWishedAccount)
  if (members.has('uid') && members.has('account')) {
    members.fault('identity_ambiguous', 'account', 'uid or account expected, got both')
  }
  if (uid !== undefined) return { uid }
  return account === undefined ? undefined : { account }
}

function readTtl(members: MemberReader, min: number): number | undefined {
  const ttl = members.read('ttl', checkWishedTtl)
  if (ttl !== undefined && ttl < min) {
    members.fault('ttl_invalid', 'ttl', `at least ${min} seconds expected, got ${ttl}`)
  }
  return ttl
}
