import type { DecodedToken006, DecodedToken007, Explanation, Finding } from '@rtc-token/core'
import type * as contract from '@rtc-token/core/contract'

import { DOORS, type Inspection } from '../endpoints/inspect.ts'
import type { Readiness } from '../endpoints/readiness.ts'
import { fromNames, type Json, type JsonMembers, when } from './prune.ts'

type ExplanationReply = Extract<Explanation, { kind: 'token' }> & { requestId: string }
type ProblemOfOldRoute = contract.ProblemDocument & Record<'message' | 'error', string>

/** Describes an object with the members of the type. @internal */
export const object = <T>(
  optional: readonly (keyof T)[],
  properties: Readonly<Record<keyof T & string, Json>>,
): JsonMembers => {
  const isRequired = (name: string): boolean => !optional.some((other) => other === name)
  return { type: 'object', required: Object.keys(properties).filter(isRequired), properties }
}

/** Points to a schema. @internal */
export const ref = (name: string): JsonMembers => ({ $ref: `#/components/schemas/${name}` })

/** Describes a value of the same kind with its own description. @internal */
export const like = (kind: JsonMembers, description: string): JsonMembers => ({
  ...kind,
  description,
})

const text = (description: string): JsonMembers => ({ type: 'string', description })
const all = <K extends string>(kind: JsonMembers, ...names: readonly K[]): Record<K, JsonMembers> =>
  fromNames(names, () => kind)

// Core's alphabet without the space, because a name of spaces alone is refused.
const VISIBLE = String.raw`a-zA-Z0-9!#$%&()+\-:;<=.>?@[\]^_{}|~,`
const NAME = { type: 'string', minLength: 1, pattern: `^ *[${VISIBLE}][${VISIBLE} ]*$` }

/** @internal */
export const TEXT: JsonMembers = { type: 'string' }
/** @internal */
export const CHANNEL: JsonMembers = { ...NAME, maxLength: 63 }
/** @internal */
export const ACCOUNT: JsonMembers = { ...NAME, maxLength: 255 }
/** A user of messaging or chat. @internal */
export const USER_ID: JsonMembers = { ...NAME, maxLength: 64 }
/** @internal */
export const UID: JsonMembers = { type: 'integer', minimum: 1, maximum: 0xffffffff }

// The server shortens a wish above the maximum, so it is not out of bounds here.
const TTL = { type: 'integer', minimum: '{{minTtl}}', exclusiveMaximum: 1e9 }
// A number of ten digits is a timestamp.
const TTL_TEXT = String.raw`^0*[1-9]\d{0,8}[smh]`
const TTL_RANGE =
  'at least {{minTtl}}; above {{maxTtl}} shortened to {{maxTtl}}; from 1e9 on refused as a timestamp'
const TTL_OR_DIGITS = { type: 'string', pattern: `${TTL_TEXT}?$` }
/** The life of a token in a query of agora-token-service. @internal */
export const EXPIRY: JsonMembers = {
  ...TTL_OR_DIGITS,
  description: `Seconds, or a string such as \`15m\`: ${TTL_RANGE}.`,
}
/** The life of a token in a body of agora-token-service. @internal */
export const EXPIRE: JsonMembers = {
  oneOf: [{ enum: [0, '0'] }, TTL, TTL_OR_DIGITS],
  description: `Seconds, also as a string of digits, or a string such as \`15m\`: ${TTL_RANGE}. 0 means the default.`,
}

const ROLE = { enum: ['publisher', 'subscriber'] satisfies contract.Role[] }
const SERVICES = { type: 'array', items: { enum: '{{services}}' }, minItems: 1, uniqueItems: true }
const WHOLE = { type: 'integer', minimum: 0 }
const SECONDS = { type: 'integer', minimum: 1 }
const LIFE = { ...SECONDS, maximum: '{{maxTtl}}' }
const PART = { enum: ['ok', 'failing'] satisfies Readiness['keys'][] }
const PRIVILEGES = { type: 'object', additionalProperties: WHOLE }
const OLD_REASON = text('For clients of agora-token-service: what went wrong.')
const lacks = (some: JsonMembers): JsonMembers => ({ services: { not: { contains: some } } })
const WITHOUT_RTC = { required: ['services'], properties: lacks({ const: 'rtc' }) }
const ONLY_RTC = { properties: lacks({ enum: ['rtm', 'chat'] }) }
const WISHED_UID = { oneOf: [UID, { type: 'string', pattern: String.raw`^[1-9]\d{0,9}$` }] }
const WISHED_ACCOUNT = { ...NAME, maxLength: '{{maxAccount}}' }
const TTL_WITH_UNIT = { type: 'string', pattern: `${TTL_TEXT}$` }
const WISHED_TTL = { oneOf: [TTL, TTL_WITH_UNIT], default: '{{defaultTtl}}' }
const DETAIL = { pointer: text('JSON Pointer to the member at fault.'), detail: TEXT }
const SOME_SERVICE = { service: TEXT, privileges: PRIVILEGES }

/** The schemas of requests and replies. @internal */
export const SCHEMAS: JsonMembers = {
  TokenRequest: {
    type: 'object',
    description: 'What the caller asks for; the policy decides what is granted. At most 8 KiB.',
    additionalProperties: false,
    properties: {
      services: like(
        SERVICES,
        'Default `{{defaultService}}`; in a renewal, as in `previousToken`.',
      ),
      channel: like(CHANNEL, 'Needed for `rtc`, unless `previousToken` names it.'),
      uid: like(WISHED_UID, 'Also as a decimal string. Not together with `account`.'),
      account: like(
        WISHED_ACCOUNT,
        'At most 64 bytes with `rtm` or `chat`. Not together with `uid`.',
      ),
      role: like(ROLE, 'Default `subscriber`; in a renewal, as in `previousToken`.'),
      ttl: like(WISHED_TTL, `Seconds, or a string such as \`15m\`: ${TTL_RANGE}.`),
      previousToken: like(
        TEXT,
        'The token in use. Makes this a renewal, unless the request asks for more than it grants.',
      ),
      params: '{{params}}',
    } satisfies Record<keyof contract.TokenRequestBody, Json>,
    ...when(['rtc'], {
      allOf: [
        { anyOf: [{ required: ['channel'] }, { required: ['previousToken'] }, WITHOUT_RTC] },
        { anyOf: [{ properties: { account: USER_ID } }, ONLY_RTC] },
      ],
    }),
    not: { required: ['uid', 'account'] },
    examples: ['{{example}}'],
  },
  TokenReply: {
    description: 'What was granted, which may be less than was asked for. Join with exactly this.',
    ...object<contract.TokenReply>(['channel', 'uid', 'account', 'role'], {
      token: { type: 'string', pattern: '^00[67]' },
      appId: { type: 'string', pattern: '^[0-9a-fA-F]{32}$' },
      services: SERVICES,
      channel: like(CHANNEL, 'Absent without `rtc`.'),
      uid: UID,
      account: ACCOUNT,
      role: like(ROLE, 'Absent without `rtc`.'),
      issuedAt: like(SECONDS, "Unix seconds by the server's clock."),
      expiresAt: like(SECONDS, 'Unix seconds; for display.'),
      expiresIn: like(LIFE, 'Seconds from `issuedAt`; for timers.'),
      renewIn: like(
        LIFE,
        'Seconds from `issuedAt` after which to ask again: 40 to 75 % of the life by chance, 70 to 75 % with `previousToken`.',
      ),
      requestId: TEXT,
    }),
    oneOf: [{ required: ['uid'] }, { required: ['account'] }],
    dependentRequired: { channel: ['role'], role: ['channel'] },
  },
  Problem: object<ProblemOfOldRoute>(['detail', 'errors', 'retryAfter', 'message', 'error'], {
    type: {
      type: 'string',
      format: 'uri',
      description: 'A page on the code: its meaning and the remedy.',
    },
    title: TEXT,
    status: { type: 'integer' },
    detail: text('The reason, for people.'),
    code: text('The reason, for programs. A newer server may send other codes.'),
    requestId: TEXT,
    retryable: { type: 'boolean', description: 'Whether the same request may succeed later.' },
    errors: { type: 'array', items: object<contract.ProblemDetail>([], DETAIL) },
    retryAfter: like(WHOLE, 'Seconds, as in `Retry-After`.'),
    ...when(['compat'], all(OLD_REASON, 'message', 'error')),
  }),
  ...when(['inspect'], {
    InspectRequest: {
      description: 'A token, and what it is used with; what is left out is not compared.',
      ...object<Inspection>(['service', 'channel', 'uid', 'account', 'userId'], {
        ...all(TEXT, 'token', 'channel', 'account', 'userId'),
        service: { enum: DOORS, description: 'The service that the token is used for.' },
        uid: { type: ['number', 'null'], description: '`null`: joined without a uid.' },
      }),
      additionalProperties: false,
      examples: [{ token: '007eJx…', channel: 'room-42', uid: 1234 }],
    },
    Explanation: object<ExplanationReply>(['decoded'], {
      kind: { enum: ['token', 'not-a-token'] satisfies Explanation['kind'][] },
      decoded: { oneOf: [ref('Token007'), ref('Token006')] },
      findings: { type: 'array', minItems: 1, items: ref('Finding') },
      requestId: TEXT,
    }),
    Finding: object<Finding>([], {
      code: TEXT,
      severity: { enum: ['fatal', 'warning', 'info'] satisfies Finding['severity'][] },
      message: text('What is wrong, in a sentence.'),
      platformErrors: {
        type: 'array',
        items: WHOLE,
        description: "The error codes that Agora's SDKs report for it.",
      },
      remedy: text('What to change.'),
    }),
    Token006: object<DecodedToken006>([], {
      version: { const: '006' },
      appId: TEXT,
      ...all(WHOLE, 'tokenExpiresAt', 'expiresAt', 'salt', 'channelCrc32', 'userCrc32'),
      privileges: PRIVILEGES,
    }),
    Token007: object<DecodedToken007>([], {
      version: { const: '007' },
      appId: TEXT,
      ...all(WHOLE, 'issuedAt', 'expiresIn', 'expiresAt', 'salt'),
      services: {
        type: 'array',
        description: 'Other members depend on the service.',
        items: { ...object(['privileges'], SOME_SERVICE), additionalProperties: true },
      },
    }),
  }),
  ...when(['health'], {
    Readiness: object<Readiness>(['removals'], {
      status: { enum: ['ready', 'unready', 'draining'] satisfies Readiness['status'][] },
      ...all(PART, 'keys', 'limits'),
      ...when(['removals'], { removals: PART }),
    }),
  }),
}
