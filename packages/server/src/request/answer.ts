import type { HostContext } from '../http/request-context.ts'
import type { Endpoint } from './endpoint.ts'
import { newRequestId, type RequestState, startRequest } from './request-state.ts'
import { isFailure, printError, toRefusal } from '../errors/failure.ts'
import { tell } from '../errors/fault-report.ts'
import { countRequest } from './count-request.ts'
import { receive } from './receive.ts'
import { recordRefused } from './record-decision.ts'
import { Refusal } from '../errors/refusal.ts'
import { type PlainReply, problemReply } from '../http/reply.ts'
import type { RequestStart } from '../telemetry/telemetry.ts'
import { findRoute, isReadable, type Match, readTarget, type Route } from '../http/routes.ts'
import type { BaseSettings, Settings } from '../options/settings.ts'
import { NO_HEADERS } from '../http/cors.ts'
import { limitHeaders } from '../limit/limit-state.ts'

/** Whether a handler is shutting down. @internal */
export interface Life {
  isDraining: boolean
  isClosed: boolean
}

/** What a handler needs to answer requests. @internal */
export interface Answering<S> {
  readonly settings: Settings<S>
  readonly routes: readonly Route<Endpoint<S>>[]
  readonly life: Life
}

/** The endpoint that a request matches, or the reason why it matches no endpoint. */
type Way<S> = Match<Endpoint<S>> | Refusal

const NO_ROUTE = 'none'
const MALFORMED = 'The target or the header host of the request is malformed'
const NOT_FOUND = 'The path must end in /v1/tokens'

/**
 * Answers a request. Never throws and never rejects: if even the refusal fails, the caller gets
 * {@link lastReply}.
 *
 * @internal
 */
export function answer<S>(
  answering: Answering<S>,
  request: Request,
  context: HostContext,
): Promise<PlainReply> {
  const { settings, routes } = answering
  try {
    const way = wayOf(routes, request, context)
    const route = way instanceof Refusal ? NO_ROUTE : way.endpoint.name
    const state = startRequest(settings, request, context, route)
    if (!settings.telemetry?.request) return replyTo(answering, way, state)
    return settings.telemetry.request(startOf(state), () => replyTo(answering, way, state))
  } catch (error) {
    return Promise.resolve(lastReply(error, settings.onError))
  }
}

function wayOf<S>(
  routes: readonly Route<Endpoint<S>>[],
  request: Request,
  context: HostContext,
): Way<S> {
  const target = readTarget(context.target ?? request.url)
  const isClear = isReadable(target, context.host ?? request.headers.get('host'))
  if (!isClear) return new Refusal('invalid_request', MALFORMED)
  return findRoute(routes, target) ?? new Refusal('not_found', NOT_FOUND)
}

function startOf({ requestId, route, request }: RequestState): RequestStart {
  const header = (name: string): string | null => request.headers.get(name)
  return { requestId, route, method: request.method, header }
}

async function replyTo<S>(
  answering: Answering<S>,
  way: Way<S>,
  state: RequestState,
): Promise<PlainReply> {
  const { settings, life } = answering
  const { request } = state
  try {
    state.corsHeaders = settings.cors.headersFor(request)
    if (way instanceof Refusal) throw way
    const { endpoint } = way
    const isKnown = endpoint.methods.includes(request.method)
    if (isKnown && life.isClosed && endpoint.mints) throw new Refusal('draining')
    const reply = isKnown
      ? await receive(settings, state, endpoint, way)
      : await answerPreflight(settings, state, endpoint.methods.join(', '))
    return finishReply(settings, state, reply)
  } catch (error) {
    return refuse(settings, state, error)
  }
}

async function answerPreflight<S>(
  settings: Settings<S>,
  state: RequestState,
  methods: string,
): Promise<PlainReply> {
  const { request, context } = state
  if (request.method !== 'OPTIONS' || !settings.answersPreflights) {
    throw new Refusal('method_not_allowed', undefined, { headers: { allow: methods } })
  }
  await countRequest(settings, state, 'ip', context.ip)
  return settings.cors.preflight(request, methods)
}

async function refuse(
  settings: BaseSettings,
  state: RequestState,
  error: unknown,
): Promise<PlainReply> {
  const { request, requestId } = state
  try {
    const refusal = toRefusal(error)
    const isOurs = isFailure(refusal, request)
    if (isOurs) void tell(settings.onError, refusal.cause, requestId)
    const isGone = refusal.code === 'internal_error' && !isOurs
    if (refusal.code !== 'not_found' && !isGone) await recordRefused(settings, state, refusal)
    return finishReply(settings, state, problemReply(refusal, requestId, settings.compat))
  } catch (failure) {
    return lastReply(failure, settings.onError, requestId)
  }
}

// Adds the headers for CORS, for limits, for timing, and the mark of `unsafeAllowEveryone`.
function finishReply(
  { serverTiming, isUnsafe }: BaseSettings,
  { limits, timer, corsHeaders }: RequestState,
  reply: PlainReply,
): PlainReply {
  const timing = serverTiming ? timingOf(timer.phases) : ''
  if (limits.length === 0 && corsHeaders === NO_HEADERS && timing === '' && !isUnsafe) return reply
  // `Object.assign`, because a literal that begins with a spread is several times slower in V8.
  const headers: Record<string, string> = Object.assign({}, reply.headers, corsHeaders)
  if (limits.length > 0) Object.assign(headers, limitHeaders(limits))
  if (isUnsafe) headers['x-rtc-token-unsafe'] = 'allow-everyone'
  if (timing !== '') headers['server-timing'] = timing
  return { status: reply.status, headers, body: reply.body }
}

function timingOf(phases: Readonly<Record<string, number>>): string {
  return Object.entries(phases)
    .map(([name, ms]) => `${name};dur=${ms}`)
    .join(', ')
}

/**
 * Makes the reply when answering has failed unexpectedly, and reports the error to `onError`. It reads neither
 * the request nor the error, because either may throw.
 *
 * @internal
 */
export function lastReply(
  error: unknown,
  onError: BaseSettings['onError'] = printError,
  requestId: string = newRequestId(),
): PlainReply {
  const refusal = new Refusal('internal_error', undefined, { cause: error })
  void tell(onError, refusal.cause, requestId)
  return problemReply(refusal, requestId)
}
