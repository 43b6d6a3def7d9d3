import type { TokenReply } from '@rtc-token/core/contract'

import type { BaseSettings } from '../options/settings.ts'
import type { JsonMembers } from './json.ts'
import { ACCOUNT, CHANNEL, ROLE, UID } from './name-schemas.ts'

const SECONDS: JsonMembers = { type: 'integer', minimum: 1 }
const REQUIRED = [
  'token',
  'appId',
  'services',
  'issuedAt',
  'expiresAt',
  'expiresIn',
  'renewIn',
  'requestId',
] satisfies (keyof TokenReply)[]

/** A token and what it grants. @internal */
export function tokenReplySchema(settings: BaseSettings): JsonMembers {
  return {
    type: 'object',
    description: 'What was granted, which may be less than the wish. Join with exactly this.',
    required: REQUIRED,
    properties: membersOf(settings),
    oneOf: [{ required: ['uid'] }, { required: ['account'] }],
    dependentRequired: { channel: ['role'], role: ['channel'] },
  }
}

function membersOf({ services, ttl }: BaseSettings): JsonMembers {
  const life = { ...SECONDS, maximum: ttl.max }
  return {
    token: { type: 'string', pattern: '^00[67]' },
    appId: { type: 'string', pattern: '^[0-9a-fA-F]{32}$' },
    services: { type: 'array', items: { enum: services }, minItems: 1, uniqueItems: true },
    channel: { ...CHANNEL, description: 'Absent without `rtc`.' },
    uid: UID,
    account: ACCOUNT,
    role: { ...ROLE, description: 'Absent without `rtc`.' },
    issuedAt: { ...SECONDS, description: "Unix seconds by the server's clock." },
    expiresAt: { ...SECONDS, description: 'Unix seconds; for display.' },
    expiresIn: { ...life, description: 'Seconds from `issuedAt`; for timers.' },
    renewIn: { ...life, description: 'Seconds from `issuedAt` after which to ask again.' },
    requestId: { type: 'string' },
  } satisfies Record<keyof TokenReply, JsonMembers>
}
