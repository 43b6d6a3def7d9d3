import { PROBLEM_STATUS } from '@rtc-token/core/contract'

import { TITLES } from '../http/reply.ts'
import type { BaseSettings } from '../options/settings.ts'
import { headersOf, isLimited } from './headers.ts'
import type { JsonMembers } from './json.ts'
import { ref } from './reference.ts'

const OF_LIMITS: ReadonlySet<string> = new Set(['rate_limited', 'limiter_unavailable'])
const TITLE_OF: Readonly<Record<string, string>> = TITLES
const HEADERS_OF: Readonly<Record<number, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  405: ['Allow'],
  429: ['Retry-After'],
  503: ['Retry-After'],
}

/** A response for each status of a problem, by the name that {@link problemRefs} gives it. @internal */
export function problemResponses(settings: BaseSettings): JsonMembers {
  const responses = [...codesByStatus(settings)].map(([status, codes]) => [
    nameOf(status),
    problemResponse(status, codes, isLimited(settings)),
  ])
  return Object.fromEntries(responses)
}

/** The responses of an operation that can end with these statuses. @internal */
export function problemRefs(settings: BaseSettings, statuses: readonly number[]): JsonMembers {
  const known = codesByStatus(settings)
  const possible = statuses.filter((status) => known.has(status))
  return Object.fromEntries(possible.map((status) => [status, ref('responses', nameOf(status))]))
}

function nameOf(status: number): string {
  return `Problem${status}`
}

function codesByStatus(settings: BaseSettings): ReadonlyMap<number, readonly string[]> {
  const byStatus = new Map<number, string[]>()
  for (const [code, status] of Object.entries(PROBLEM_STATUS)) {
    if (OF_LIMITS.has(code) && !isLimited(settings)) continue
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return byStatus
}

function problemResponse(
  status: number,
  codes: readonly string[],
  isCounted: boolean,
): JsonMembers {
  const narrowed = { properties: { status: { const: status }, code: { enum: codes } } }
  const schema = { allOf: [ref('schemas', 'Problem'), narrowed] }
  return {
    description: codes.map((code) => `- \`${code}\`: ${TITLE_OF[code]}.`).join('\n'),
    headers: headersOf(isCounted, HEADERS_OF[status]),
    content: { 'application/problem+json': { schema } },
  }
}
