import type { Authorizer } from './policy.ts'
import { PROBLEM_STATUS } from '@rtc-token/core/contract'

import { applyDecision } from './apply-decision.ts'
import { allow, type Ask, type Decision, type ForbiddenCode, type Grant } from './policy.ts'
import { Refusal } from '../errors/refusal.ts'
import { ANYTHING, FUNCTION, optional, readMembers, requireKind } from '../checks/kind.ts'

/** A request that was granted, although the policy refuses it. */
export interface Report<S> extends Pick<Ask<S>, 'subject' | 'intent' | 'wish'> {
  /** The code that the caller would have received. */
  readonly code: ForbiddenCode
  /** The detail that the caller would have received. */
  readonly detail?: string | undefined
  /** Seconds until the policy is enforced. */
  readonly endsIn: number
}

/** Options of {@link reportOnly}. */
export interface ReportOnlyOptions<S> {
  /**
   * When to enforce the policy, at most 90 days ahead: a date, or `2026-12-24` (midnight UTC) or
   * `2026-12-24T08:00:00Z`.
   */
  readonly until: Date | string
  /** Receives each report. If it throws or rejects, nothing is granted, because every such request must be reported. */
  readonly onReport: (report: Report<S>) => void | Promise<void>
  /**
   * Returns the name of the project to sign for when the policy refuses. Required when the handler has several
   * projects, because a refusal does not name one.
   */
  readonly project?: (ask: Ask<S>) => string
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly clock?: () => number
}

const WORDING = { whole: 'reportOnly options', member: 'reportOnly ' }
const DAY_MS = 86_400_000
const MAX_DAYS = 90
const ISO = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/

/**
 * Tests a policy in production. Until a date, requests that it refuses are granted and reported; after that, the policy
 * is enforced. A policy that throws, times out or returns an invalid value still refuses, and so do the limits of a
 * ticket and a life below `ttl.min`.
 *
 * @throws {TypeError} when an option is missing, unknown or malformed, or the date is more than 90 days ahead
 *
 * @example
 * reportOnly(policy, { until: '2026-12-24', onReport: (report) => log.warn(report) })
 */
export function reportOnly<S>(policy: Authorizer<S>, options: ReportOnlyOptions<S>): Authorizer<S> {
  requireKind(policy, FUNCTION, 'reportOnly policy')
  const { onReport, project, millisecondsLeft } = checkedOptions(options)
  return async (ask) => {
    const decision = await policy(ask)
    const leftMs = millisecondsLeft()
    const refusal = leftMs > 0 ? refusalOf(decision, ask) : undefined
    if (!refusal) return decision
    // The request was abandoned while the policy decided: no token was granted, so there is nothing to report.
    ask.signal.throwIfAborted()
    const { subject, intent, wish } = ask
    await onReport({ subject, intent, wish, ...refusal, endsIn: Math.ceil(leftMs / 1000) })
    return asWished(decision.allow ? decision : allow(project && { project: project(ask) }), ask)
  }
}

function checkedOptions<S>(options: ReportOnlyOptions<S>): {
  readonly onReport: ReportOnlyOptions<S>['onReport']
  readonly project: ReportOnlyOptions<S>['project']
  readonly millisecondsLeft: () => number
} {
  const { onReport, project, clock, until } = readMembers(options, WORDING, {
    until: ANYTHING,
    onReport: FUNCTION,
    project: optional(FUNCTION),
    clock: optional(FUNCTION, Date.now),
  })
  const untilMs = soon(momentOf(until), clock())
  let leftMs = Infinity
  // Never increases: once over, the period stays over even if the clock is set back.
  const millisecondsLeft = (): number => (leftMs = Math.min(leftMs, untilMs - clock()))
  return { onReport, project, millisecondsLeft }
}

// A grant can also amount to a refusal: by a role or an identity that differs from the wished one.
function refusalOf<S>(
  decision: Decision,
  { wish, previous }: Ask<S>,
): Pick<Report<S>, 'code' | 'detail'> | undefined {
  try {
    applyDecision(decision, wish, { previous })
  } catch (error) {
    if (!(error instanceof Refusal) || !isForbidden(error.code)) return undefined
    return { code: error.code, detail: error.detail }
  }
  return undefined
}

function isForbidden(code: keyof typeof PROBLEM_STATUS): code is ForbiddenCode {
  return PROBLEM_STATUS[code] === 403
}

function asWished<S>({ identity: chosen, ...rest }: Grant, { wish }: Ask<S>): Grant {
  const { role } = wish
  const identity = wish.identity ?? chosen
  return identity ? { ...rest, role, identity } : { ...rest, role }
}

function momentOf(until: unknown): number {
  const isText = typeof until === 'string' && ISO.test(until)
  const untilMs = isText || until instanceof Date ? new Date(until).getTime() : Number.NaN
  if (!Number.isNaN(untilMs)) return untilMs
  throw new TypeError('reportOnly until: Date or ISO date expected')
}

function soon(untilMs: number, now: number): number {
  if (untilMs - now <= MAX_DAYS * DAY_MS) return untilMs
  throw new TypeError(`reportOnly until: at most ${MAX_DAYS} days ahead expected`)
}
