import type { PrometheusTelemetry } from '../../telemetry/prometheus.ts'
import { combineTelemetry, type Telemetry } from '../../telemetry/telemetry.ts'
import type { Config } from '../config/config.ts'
import { loadPeer } from './load-peer.ts'
import type { Logger } from './logger.ts'

/** The telemetry of a server. @internal */
export interface Watching {
  readonly telemetry: Telemetry
  /** Set if the settings enable metrics. */
  readonly metrics: PrometheusTelemetry | undefined
}

/**
 * Creates the log, and metrics and traces if the settings enable them.
 *
 * @internal
 * @throws {ConfigError} when a peer dependency is not installed
 */
export async function createTelemetry(config: Config, logger: Logger): Promise<Watching> {
  const { pinoEvents } = await import('../../telemetry/pino-events.ts')
  const metrics = config.metricsPort === undefined ? undefined : await createMetrics()
  const tracing = config.tracing ? await createTracing() : {}
  const telemetry = combineTelemetry(tracing, metrics ?? {}, pinoEvents(logger))
  return { telemetry, metrics }
}

async function createMetrics(): Promise<PrometheusTelemetry> {
  const [{ prometheus }, { collectDefaultMetrics }] = await loadPeer(
    ['prom-client'],
    'Metrics',
    () => Promise.all([import('../../telemetry/prometheus.ts'), import('prom-client')]),
  )
  const metrics = prometheus()
  collectDefaultMetrics({ register: metrics.registry })
  return metrics
}

async function createTracing(): Promise<Required<Telemetry>> {
  const peer = ['@opentelemetry/api']
  const { otel } = await loadPeer(peer, 'Traces', () => import('../../telemetry/otel.ts'))
  return otel()
}
