import { pinoEvents } from '../telemetry/pino-events.ts'
import type { Logger } from './logger.ts'
import { startMetricsServer } from './metrics-server.ts'
import { serve } from './serve.ts'
import type { Setup } from './setup.ts'
import type { StartReport } from './start-report.ts'
import { onStopSignal } from './stop-signals.ts'

/** The ports that a server got. @internal */
export interface Ports {
  readonly port: number
  readonly metricsPort: number | undefined
}

/**
 * Serves from this one process until it is told to stop.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when it cannot start
 */
export async function runAlone(setup: Setup, logger: Logger): Promise<void> {
  const { port, service, report, stop } = await serve(setup, logger)
  const { metrics } = service
  const metricsServer = metrics && (await startMetricsServer(setup.config, metrics.metrics))
  onStopSignal(async () => {
    const code = await stop()
    metricsServer?.stop()
    return code
  })
  // Whoever reads this may send a signal at once.
  logStart(logger, report, { port, metricsPort: metricsServer?.port })
}

/** Writes the report of the start: the first line of a server's log. @internal */
export function logStart(logger: Logger, { line, warnings }: StartReport, ports: Ports): void {
  logger.info({ type: 'server.started', ...ports, ...line }, `listening on port ${ports.port}`)
  const { event } = pinoEvents(logger)
  for (const warning of warnings) event(warning)
}
