import type { RequestContext } from '../http/request-context.ts'
import { NO_HEADERS } from '../http/cors.ts'
import type { LimitState } from '../limit/rate-limiter.ts'
import type { Wish } from '../policy/policy.ts'
import { createPhaseTimer, type PhaseTimer } from '../telemetry/phase-timer.ts'
import { HookRunner } from './hooks.ts'
import type { BaseSettings } from '../options/settings.ts'

/** The state of one request while it is handled. @internal */
export interface RequestState {
  readonly request: Request
  readonly context: RequestContext
  readonly requestId: string
  /** The name of the endpoint. */
  readonly route: string
  /** Milliseconds since an arbitrary origin. */
  readonly startedAt: number
  readonly timer: PhaseTimer
  /** Calls the app's hooks, each with the same time limit. */
  readonly hooks: HookRunner
  /** The states of the limits that have counted the request. */
  readonly limits: LimitState[]
  /** Milliseconds spent waiting for limits; all of them share one time limit. */
  limitWaitMs: number
  /** The CORS headers that let the page read the reply. */
  corsHeaders: Readonly<Record<string, string>>
  subjectId?: string | undefined
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

// The caller's id is used only if it is safe in a header and a log.
function requestIdOf(request: Request): string {
  const sent = request.headers.get('x-request-id')
  return sent !== null && REQUEST_ID.test(sent) ? sent : newRequestId()
}

/** Makes the id of a request. Never throws, even on a host without random numbers. @internal */
export function newRequestId(): string {
  try {
    return crypto.randomUUID()
  } catch {
    return 'unknown'
  }
}
