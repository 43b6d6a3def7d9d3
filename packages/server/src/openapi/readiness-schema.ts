import type { Readiness } from '../endpoints/readiness.ts'
import type { JsonMembers } from './json.ts'

const PART: JsonMembers = { enum: ['ok', 'failing'] satisfies Readiness['keys'][] }

/** Whether a process should be sent requests. @internal */
export const READINESS_SCHEMA: JsonMembers = {
  type: 'object',
  required: ['status', 'keys', 'limits'],
  properties: {
    status: { enum: ['ready', 'unready', 'draining'] satisfies Readiness['status'][] },
    keys: PART,
    limits: PART,
  } satisfies Record<keyof Readiness, JsonMembers>,
}
