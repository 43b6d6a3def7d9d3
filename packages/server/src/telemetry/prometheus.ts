import { Counter, Gauge, Histogram, Registry } from 'prom-client'

import { FUNCTION, type Kind, kind, plainType, requireKind } from '../checks/kind.ts'
import type { Telemetry } from './telemetry.ts'
import type { DecisionEvent, UserRemoved } from './token-event.ts'

/** Options of {@link prometheus}. */
export interface PrometheusOptions {
  /** The registry for the metrics. Default: a new one. Two telemetries cannot share a registry and a prefix. */
  readonly registry?: Registry
  /** Prefix of every metric name, before `agora_`: letters, digits, `_` and `:`. Default: an empty string. */
  readonly prefix?: string
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly clock?: () => number
}

/** Telemetry that counts, and access to its metrics. */
export interface PrometheusTelemetry extends Required<Telemetry> {
  readonly registry: Registry
  /** Resolves with the metrics as text. Serve it with `registry.contentType`. */
  readonly metrics: () => Promise<string>
}

interface MetricOptions {
  readonly registers: Registry[]
  readonly prefix: string
}

const PREFIX_FORM = /^([a-zA-Z_:][a-zA-Z0-9_:]*)?$/
const PREFIX: Kind<unknown> = {
  ...kind('letters, digits, _ and :', (text) => typeof text === 'string' && PREFIX_FORM.test(text)),
  got: asJson,
}
const MAX_ROUTES = 32
const PHASE_BUCKETS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const TTL_BUCKETS = [60, 300, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400]

const OUTCOMES = {
  'token.issued': 'issued',
  'token.renewed': 'renewed',
  'token.denied': 'denied',
  'auth.failed': 'unauthenticated',
  limited: 'limited',
  'policy.error': 'error',
} as const satisfies Record<DecisionEvent['type'], string>

/**
 * Creates telemetry that counts decisions for Prometheus, with `prom-client`. No label contains a channel or a user.
 *
 * @throws {TypeError} when `prefix` is malformed, or `clock` is not a function
 * @throws {Error} prom-client's, when the registry already has these metrics
 *
 * @example
 * const telemetry = prometheus()
 * const handler = createTokenHandler({ ...options, telemetry })
 * app.get('/metrics', async (_request, response) => response.send(await telemetry.metrics()))
 */
export function prometheus(options: PrometheusOptions = {}): PrometheusTelemetry {
  const { registry = new Registry(), prefix = '', clock = Date.now } = options
  requireKind(prefix, PREFIX, 'prefix')
  requireKind(clock, FUNCTION, 'clock', plainType)
  const to: MetricOptions = { registers: [registry], prefix }
  const decided = countDecisions(to)
  const keysChanged = watchKeys(to, clock)
  const removed = countRemovals(to)
  return {
    registry,
    metrics: () => registry.metrics(),
    ...timeRequests(to),
    event(event) {
      if (event.type === 'key.changed') keysChanged(event.time)
      else if (event.type === 'user.removed') removed(event)
      else if ('requestId' in event) decided(event)
    },
  }
}

function timeRequests(to: MetricOptions): Required<Pick<Telemetry, 'request' | 'phase'>> {
  const inflight = new Gauge(metric(to, 'token_inflight', 'Requests being handled now'))
  const seconds = new Histogram({
    ...metric(to, 'token_phase_seconds', 'Time that a phase of a request took'),
    labelNames: ['phase'],
    buckets: PHASE_BUCKETS,
  })
  return {
    async request(_info, run) {
      inflight.inc()
      return run().finally(() => inflight.dec())
    },
    async phase(phase, run) {
      const stop = seconds.startTimer({ phase })
      return run().finally(stop)
    },
  }
}

function countDecisions(to: MetricOptions): (event: DecisionEvent) => void {
  const requests = new Counter({
    ...metric(to, 'token_requests_total', 'Requests that were decided'),
    labelNames: ['route', 'outcome', 'code'],
  })
  const issued = new Counter({
    ...metric(to, 'tokens_issued_total', 'Tokens that were signed, once for each service in them'),
    labelNames: ['service', 'role', 'intent'],
  })
  const ttl = new Histogram({
    ...metric(to, 'token_ttl_seconds', 'Life of the tokens that were signed'),
    buckets: TTL_BUCKETS,
  })
  const unrecognised = new Counter({
    ...metric(to, 'token_auth_failed_total', 'Callers who were not recognised'),
    labelNames: ['reason'],
  })
  const boundedRoute = createBoundedLabel(MAX_ROUTES)
  return (event) => {
    const { route, code, intent } = event
    requests.inc({ route: boundedRoute(route), outcome: OUTCOMES[event.type], code })
    if (event.type === 'auth.failed') unrecognised.inc({ reason: event.reason })
    if (event.code !== 'granted') return
    for (const service of event.services) issued.inc({ service, role: event.role, intent })
    ttl.observe(event.expiresIn)
  }
}

function countRemovals(to: MetricOptions): (event: UserRemoved) => void {
  const users = new Counter({
    ...metric(to, 'users_removed_total', 'Users that moderators removed'),
    labelNames: ['refusal', 'ban'],
  })
  return ({ refusal, ban = 'none' }) => users.inc({ refusal, ban })
}

function watchKeys(to: MetricOptions, clock: () => number): (changedAt: number) => void {
  let loadedAt = clock()
  const help = 'Time since the keys changed or, until they do, since the start'
  // When the metrics of several processes are combined, the sum of their ages would mean nothing.
  const aggregator = 'max'
  const age: Gauge = new Gauge({
    ...metric(to, 'keyring_age_seconds', help),
    aggregator,
    collect: (): void => age.set(Math.max(0, (clock() - loadedAt) / 1000)),
  })
  return (changedAt) => {
    loadedAt = changedAt
  }
}

function metric({ registers, prefix }: MetricOptions, name: string, help: string) {
  return { name: `${prefix}agora_${name}`, help, registers }
}

/**
 * Creates a filter that returns the first `limit` different values as they are, and `'other'` for every
 * further value: each series stays in memory, so their number must be limited.
 */
function createBoundedLabel(limit: number): (value: string) => string {
  const seen = new Set<string>()
  return (value) => {
    if (seen.size < limit) seen.add(value)
    return seen.has(value) ? value : 'other'
  }
}

function asJson(value: unknown): string {
  const text: string | undefined = JSON.stringify(value)
  return text ?? 'undefined'
}
