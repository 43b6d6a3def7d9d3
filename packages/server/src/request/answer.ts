import type { HostContext } from '../http/request-context.ts'
import type { Endpoint } from './endpoint.ts'
import { type RequestState, startRequest } from './request-state.ts'
import { isFailure, toRefusal } from '../errors/failure.ts'
import { tell } from '../errors/fault-report.ts'
import { finishReply } from './finish-reply.ts'
import { lastReply } from './last-reply.ts'
import { countRequest } from './count-request.ts'
import { receive } from './receive.ts'
import { recordRefused } from './record-decision.ts'
import { Refusal } from '../errors/refusal.ts'
import { type PlainReply, problemReply } from '../http/reply.ts'
import { findRoute, type Match, type Route } from '../http/routes.ts'
import type { BaseSettings, Settings } from '../options/settings.ts'
import { isReadable, readTarget } from '../http/target.ts'

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
    return watched(settings, state, () => replyTo(answering, way, state))
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

function watched(
  { telemetry }: BaseSettings,
  { requestId, route, request }: RequestState,
  run: () => Promise<PlainReply>,
): Promise<PlainReply> {
  if (!telemetry?.request) return run()
  const header = (name: string): string | null => request.headers.get(name)
  return telemetry.request({ requestId, route, method: request.method, header }, run)
}

async function replyTo<S>(
  answering: Answering<S>,
  way: Way<S>,
  state: RequestState,
): Promise<PlainReply> {
  const { settings } = answering
  try {
    state.corsHeaders = settings.cors.headersFor(state.request)
    if (way instanceof Refusal) throw way
    return finishReply(settings, state, await dispatch(answering, way, state))
  } catch (error) {
    return refuse(settings, state, error)
  }
}

function dispatch<S>(
  { settings, life }: Answering<S>,
  match: Match<Endpoint<S>>,
  state: RequestState,
): PlainReply | Promise<PlainReply> {
  const { request } = state
  const { endpoint } = match
  if (endpoint.methods.includes(request.method)) {
    if (life.isClosed && endpoint.mints) throw new Refusal('draining')
    return receive(settings, state, endpoint, match)
  }
  return answerPreflight(settings, state, endpoint.methods.join(', '))
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
