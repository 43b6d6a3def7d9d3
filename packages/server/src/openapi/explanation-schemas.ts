import type { DecodedToken006, DecodedToken007, Explanation, Finding } from '@rtc-token/core'

import type { Inspection } from '../endpoints/inspect.ts'
import type { JsonMembers } from './json.ts'
import { ref } from './reference.ts'

const TEXT: JsonMembers = { type: 'string' }
const WHOLE: JsonMembers = { type: 'integer', minimum: 0 }
const LIVES: JsonMembers = { type: 'object', additionalProperties: WHOLE }

/** What is asked about a token, and what is answered. @internal */
export function explanationSchemas(): JsonMembers {
  return {
    InspectRequest: INSPECT_REQUEST,
    Explanation: EXPLANATION,
    Finding: FINDING,
    Token006: { type: 'object', required: Object.keys(TOKEN_006), properties: TOKEN_006 },
    Token007: { type: 'object', required: Object.keys(TOKEN_007), properties: TOKEN_007 },
  }
}

const INSPECT_REQUEST: JsonMembers = {
  type: 'object',
  description: 'A token, and what the client joins with.',
  additionalProperties: false,
  required: ['token'],
  properties: {
    token: TEXT,
    channel: TEXT,
    uid: { type: 'number' },
    account: TEXT,
  } satisfies Record<keyof Inspection, JsonMembers>,
  examples: [{ token: '007eJx…', channel: 'room-42', uid: 1234 }],
}

const EXPLANATION: JsonMembers = {
  type: 'object',
  required: ['kind', 'findings', 'requestId'],
  properties: {
    kind: { enum: ['token', 'not-a-token'] satisfies Explanation['kind'][] },
    decoded: { oneOf: [ref('schemas', 'Token007'), ref('schemas', 'Token006')] },
    findings: { type: 'array', minItems: 1, items: ref('schemas', 'Finding') },
    requestId: TEXT,
  },
}

const FINDING_MEMBERS = {
  code: TEXT,
  severity: { enum: ['fatal', 'warning', 'info'] satisfies Finding['severity'][] },
  message: { ...TEXT, description: 'What is wrong, in a sentence.' },
  platformErrors: { type: 'array', items: WHOLE, description: "The errors of Agora's SDKs." },
  remedy: { ...TEXT, description: 'What to change.' },
} as const satisfies Record<keyof Finding, JsonMembers>

const FINDING: JsonMembers = {
  type: 'object',
  required: Object.keys(FINDING_MEMBERS),
  properties: FINDING_MEMBERS,
}

const TOKEN_006 = {
  version: { const: '006' },
  appId: TEXT,
  tokenExpiresAt: WHOLE,
  expiresAt: WHOLE,
  salt: WHOLE,
  channelCrc32: WHOLE,
  userCrc32: WHOLE,
  privileges: LIVES,
} as const satisfies Record<keyof DecodedToken006, JsonMembers>

const TOKEN_007 = {
  version: { const: '007' },
  appId: TEXT,
  issuedAt: WHOLE,
  expiresIn: WHOLE,
  expiresAt: WHOLE,
  salt: WHOLE,
  services: {
    type: 'array',
    description: 'Further members depend on the service.',
    items: {
      type: 'object',
      required: ['service'],
      properties: { service: TEXT, privileges: LIVES },
      additionalProperties: true,
    },
  },
} as const satisfies Record<keyof DecodedToken007, JsonMembers>
