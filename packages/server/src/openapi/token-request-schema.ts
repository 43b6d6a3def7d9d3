import type { TokenRequestBody } from '@rtc-token/core/contract'

import type { BaseSettings } from '../options/settings.ts'
import type { JsonMembers } from './json.ts'
import { ttlSchema } from './life-schemas.ts'
import { ACCOUNT, CHANNEL, ROLE, UID, USER_ID } from './name-schemas.ts'
import { paramsJsonSchema } from './params-json-schema.ts'

const NEEDS_CHANNEL = 'Needed for `rtc`, unless `previousToken` names it.'
const WHAT_ACCOUNT = 'At most 64 bytes with `rtm` or `chat`. Not together with `uid`.'
const WHAT_UID = 'In decimal also up to 4294967295. Not together with `account`.'
const DECIMAL_UID: JsonMembers = { type: 'string', pattern: String.raw`^[1-9]\d{0,9}$` }

/** What a caller may wish. @internal */
export function tokenRequestSchema(settings: BaseSettings): JsonMembers {
  return {
    type: 'object',
    description: 'A wish; the policy decides what is granted. At most 8 KiB.',
    additionalProperties: false,
    properties: membersOf(settings),
    ...(settings.services.includes('rtc') ? { allOf: RULES_WITH_RTC } : {}),
    not: { required: ['uid', 'account'] },
    examples: [exampleOf(settings)],
  }
}

const RTC_HAS_CHANNEL: JsonMembers[] = [
  { required: ['channel'] },
  { required: ['previousToken'] },
  { required: ['services'], properties: { services: { not: { contains: { const: 'rtc' } } } } },
]
const USER_ID_IS_SHORT: JsonMembers[] = [
  { properties: { account: USER_ID } },
  { properties: { services: { not: { contains: { enum: ['rtm', 'chat'] } } } } },
]
const RULES_WITH_RTC: JsonMembers[] = [{ anyOf: RTC_HAS_CHANNEL }, { anyOf: USER_ID_IS_SHORT }]

function membersOf({ services, ttl, params }: BaseSettings): JsonMembers {
  return {
    services: servicesSchema(services),
    channel: { ...CHANNEL, description: NEEDS_CHANNEL },
    uid: { oneOf: [UID, DECIMAL_UID], description: WHAT_UID },
    account: { ...(services.includes('rtc') ? ACCOUNT : USER_ID), description: WHAT_ACCOUNT },
    role: { ...ROLE, description: 'Default `subscriber`; in a renewal, as before.' },
    ttl: ttlSchema(ttl),
    previousToken: {
      type: 'string',
      description: 'The token in use; makes this a renewal, unless more is wished than it has.',
    },
    params: {
      ...paramsJsonSchema(params),
      description: 'For the policy, at most 1 KiB. Never signed.',
    },
  } satisfies Record<keyof TokenRequestBody, JsonMembers>
}

function servicesSchema(services: BaseSettings['services']): JsonMembers {
  return {
    type: 'array',
    items: { enum: services },
    minItems: 1,
    uniqueItems: true,
    description: `Default \`${standardOf(services)}\`; in a renewal, as before.`,
  }
}

function exampleOf({ services, ttl }: BaseSettings): JsonMembers {
  if (services.includes('rtc')) return { channel: 'room-42', role: 'publisher', ttl: ttl.default }
  return { account: 'alice', ttl: ttl.default }
}

function standardOf(services: BaseSettings['services']): string {
  return services.includes('rtc') ? 'rtc' : services[0]!
}
