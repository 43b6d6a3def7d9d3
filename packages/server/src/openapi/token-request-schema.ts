import type { TokenRequestBody } from '@rtc-token/core/contract'

import type { BaseSettings } from '../settings.ts'
import { ACCOUNT, CHANNEL, ROLE, UID } from './name-schemas.ts'
import type { JsonMembers } from './json.ts'
import { paramsJsonSchema } from './params-json-schema.ts'

const NEEDS_CHANNEL = 'Needed for `rtc`, unless `previousToken` names it.'
const USER_ID = 'At most 64 bytes as the user id of `rtm` and `chat`. Not together with `uid`.'
const DECIMAL_UID: JsonMembers = { type: 'string', pattern: String.raw`^[1-9]\d{0,9}$` }
const LENGTH_OF_TIME: JsonMembers = { type: 'string', pattern: String.raw`^\d{1,15}[smh]$` }

/** What a caller may wish. @internal */
export function tokenRequestSchema(settings: BaseSettings): JsonMembers {
  return {
    type: 'object',
    description: 'A wish; the policy decides what is granted. At most 8 KiB.',
    additionalProperties: false,
    properties: membersOf(settings),
    ...(settings.services.includes('rtc') ? { anyOf: RTC_HAS_CHANNEL } : {}),
    not: { required: ['uid', 'account'] },
    examples: [exampleOf(settings)],
  }
}

const RTC_HAS_CHANNEL: JsonMembers[] = [
  { required: ['channel'] },
  { required: ['previousToken'] },
  { required: ['services'], properties: { services: { not: { contains: { const: 'rtc' } } } } },
]

function membersOf({ services, ttl, params }: BaseSettings): JsonMembers {
  return {
    services: servicesSchema(services),
    channel: { ...CHANNEL, description: NEEDS_CHANNEL },
    uid: { oneOf: [UID, DECIMAL_UID], description: 'Not together with `account`.' },
    account: { ...ACCOUNT, description: USER_ID },
    role: { ...ROLE, description: 'Default `subscriber`; in a renewal, as before.' },
    ttl: ttlSchema(ttl),
    previousToken: { type: 'string', description: 'The token in use; makes this a renewal.' },
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

// A wish above the maximum is shortened, so it is not out of bounds here.
function ttlSchema({ min, max, default: standard }: BaseSettings['ttl']): JsonMembers {
  return {
    oneOf: [{ type: 'integer', minimum: min, exclusiveMaximum: 1e9 }, LENGTH_OF_TIME],
    default: standard,
    description: `Seconds, or text such as \`15m\`: from ${min} on; above ${max} it is shortened to that.`,
  }
}

function exampleOf({ services, ttl }: BaseSettings): JsonMembers {
  if (services.includes('rtc')) return { channel: 'room-42', role: 'publisher', ttl: ttl.default }
  return { account: 'alice', ttl: ttl.default }
}

function standardOf(services: BaseSettings['services']): string {
  return services.includes('rtc') ? 'rtc' : services[0]!
}
