import type { BaseSettings } from '../options/settings.ts'
import { headersOf, isLimited } from './headers.ts'
import type { JsonMembers } from './json.ts'
import { problemRefs } from './problem-responses.ts'
import { ref } from './reference.ts'

/** What distinguishes an operation that is only for those who are known. @internal */
export interface GuardedOperation {
  readonly operationId: string
  readonly summary: string
  /** Who is asked whether they know the caller. */
  readonly security: 'application' | 'inspector'
  /** Schema of the body of the request; it has none without. */
  readonly body?: JsonMembers
  /** Schema of a reply with status 200. */
  readonly reply: JsonMembers
}

const STATUSES = [400, 401, 403, 429, 500, 503]
const STATUSES_WITH_BODY = [...STATUSES, 408, 413, 415]

/** Describes an operation that is only for those who are known. @internal */
export function guardedOperation(
  settings: BaseSettings,
  { operationId, summary, security, body, reply }: GuardedOperation,
): JsonMembers {
  const content = body && { 'application/json': { schema: body } }
  return {
    operationId,
    summary,
    security: [{ [security]: [] }],
    parameters: [ref('parameters', 'RequestId')],
    ...(content ? { requestBody: { required: true, content } } : {}),
    responses: {
      200: jsonResponse('Granted', reply, isLimited(settings)),
      ...problemRefs(settings, body ? STATUSES_WITH_BODY : STATUSES),
    },
  }
}

/** Describes a reply in JSON. @internal */
export function jsonResponse(
  description: string,
  schema: JsonMembers,
  isCounted = false,
  more: readonly string[] = [],
): JsonMembers {
  return {
    description,
    headers: headersOf(isCounted, more),
    content: { 'application/json': { schema } },
  }
}
