import type { ProblemDetail, ProblemDocument } from '@rtc-token/core/contract'

import type { BaseSettings } from '../options/settings.ts'
import type { JsonMembers } from './json.ts'

const DETAIL = {
  pointer: { type: 'string', description: 'JSON Pointer to the member at fault.' },
  detail: { type: 'string' },
} as const satisfies Record<keyof ProblemDetail, JsonMembers>

const MEMBERS = {
  type: { type: 'string', format: 'uri', description: 'What the code means and what to do.' },
  title: { type: 'string' },
  status: { type: 'integer' },
  detail: { type: 'string', description: 'For people.' },
  code: { type: 'string', description: 'For programs. A newer server may know more codes.' },
  requestId: { type: 'string' },
  retryable: { type: 'boolean', description: 'Whether the same request may succeed later.' },
  errors: {
    type: 'array',
    items: { type: 'object', required: ['pointer', 'detail'], properties: DETAIL },
  },
  retryAfter: { type: 'integer', minimum: 0, description: 'Seconds, as in `Retry-After`.' },
} as const satisfies Record<keyof ProblemDocument, JsonMembers>

const SAID = { type: 'string', description: 'For clients of agora-token-service: what went wrong.' }
const OLD_MEMBERS: JsonMembers = { message: SAID, error: SAID }

/** Why a request was refused (RFC 9457). @internal */
export function problemSchema({ compat }: BaseSettings): JsonMembers {
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'requestId', 'retryable'],
    properties: compat ? { ...MEMBERS, ...OLD_MEMBERS } : MEMBERS,
  }
}
