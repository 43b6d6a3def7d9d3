import type { Identity } from '@rtc-token/core'
import type { Role, TokenRequestBody } from '@rtc-token/core/contract'

import type { TtlOptions } from './handler-options.ts'
import type { JsonObject } from './json-object.ts'
import { MemberReader } from './member-reader.ts'
import type { Wish } from './policy.ts'
import {
  checkParams,
  checkPreviousToken,
  checkRole,
  checkServices,
  checkWishedAccount,
  checkWishedChannel,
  checkWishedTtl,
  checkWishedUid,
} from './wish-members.ts'

/** A checked body. The previous token may still have to name the channel, identity and role. */
export interface WishDraft extends Omit<Wish, 'channel' | 'identity' | 'role'> {
  readonly role: Role | undefined
  readonly identity: Identity | undefined
  readonly channel: string | undefined
  readonly previousToken: string | undefined
  readonly params: JsonObject
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
 * Reads a wish from parsed JSON: checks every member, fills in the defaults, shortens the ttl.
 *
 * @internal
 * @throws {Refusal} with every fault found
 */
export function readWish(json: unknown, ttl: Required<TtlOptions>): WishDraft {
  const members = new MemberReader(json, MEMBER_NAMES)
  const draft = {
    services: members.read('services', checkServices) ?? ['rtc'],
    channel: readChannel(members),
    identity: readIdentity(members),
    role: members.read('role', checkRole),
    ttl: Math.min(readTtl(members, ttl.min) ?? ttl.default, ttl.max),
    previousToken: members.read('previousToken', checkPreviousToken),
    params: members.read('params', checkParams) ?? {},
  } as const satisfies WishDraft
  members.finish()
  return draft
}

function readChannel(members: MemberReader): string | undefined {
  if (!members.has('channel') && !members.has('previousToken')) {
    members.fault('channel_invalid', 'channel', 'is required without a previousToken')
  }
  return members.read('channel', checkWishedChannel)
}

function readIdentity(members: MemberReader): Identity | undefined {
  const uid = members.read('uid', checkWishedUid)
  const account = members.read('account', checkWishedAccount)
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
