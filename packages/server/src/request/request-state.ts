import type { RequestContext } from '../http/request-context.ts'
import { NO_HEADERS } from '../http/cors.ts'
import type { LimitState } from '../limit/rate-limiter.ts'
import type { Wish } from '../policy/policy.ts'
import { createPhaseTimer, type PhaseTimer } from '../telemetry/phase-timer.ts'
import { HookRunner } from './hook-runner.ts'
import type { BaseSettings } from '../options/settings.ts'

/** One request on its way, and what has become known about it. @internal */
export interface RequestState {
  readonly request: Request
  readonly context: RequestContext
  readonly requestId: string
  /** The name of the endpoint. */
  readonly route: string
  /** Milliseconds, from any origin. */
  readonly startedAt: number
  readonly timer: PhaseTimer
  /** Calls the app's hooks, each with the same time for its answer. */
  readonly hooks: HookRunner
  /** The states of the limits that were asked. */
  readonly limits: LimitState[]
  /** Milliseconds that it has waited for them; together they have one time. */
  limitWaitMs: number
  /** What lets the page that asks read the reply. */
  corsHeaders: Readonly<Record<string, string>>
  subjectId?: string
  intent?: 'mint' | 'renew'
  wish?: Wish
}

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/
const EVERY_PHASE = {}

/** Begins to handle a request. @internal */
export function startRequest(
  { telemetry, audit, serverTiming, timeoutMs }: BaseSettings,
  request: Request,
  context: RequestContext,
  route: string,
): RequestState {
  const isTimed = telemetry || audit || serverTiming
  return {
    request,
    context,
    requestId: requestIdOf(request),
    route,
    startedAt: isTimed ? performance.now() : 0,
    timer: createPhaseTimer(isTimed ? (telemetry ?? EVERY_PHASE) : undefined),
    hooks: new HookRunner(request, timeoutMs),
    limits: [],
    limitWaitMs: 0,
    corsHeaders: NO_HEADERS,
  }
}

// A foreign id is taken over only when it cannot do harm in a header or a log.
function requestIdOf(request: Request): string {
  const sent = request.headers.get('x-request-id')
  return sent !== null && REQUEST_ID.test(sent) ? sent : newRequestId()
}

/** Makes the id of a request. Never throws: a host may have no random numbers to give. @internal */
export function newRequestId(): string {
  try {
    return crypto.randomUUID()
  } catch {
    return 'unknown'
  }
}
