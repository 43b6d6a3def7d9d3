import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { constants } from 'node:os'

import { pinoEvents } from '../../telemetry/pino-events.ts'
import { createService, type Service } from '../service/create-service.ts'
import { ignoredVariables } from '../config/foreign-variables.ts'
import { createLogger, type Logger } from '../service/logger.ts'
import { type MetricsServer, startMetricsServer } from './metrics-server.ts'
import type { Environment } from '../config/config.ts'
import { readSetup, type Setup } from '../config/setup.ts'
import { startReport, type StartReport } from '../service/start-report.ts'
import { startTokenServer, type TokenServer } from './token-server.ts'

/** A running server. */
interface Running {
  readonly setup: Setup
  readonly logger: Logger
  readonly service: Service
  readonly report: StartReport
  readonly server: TokenServer
  readonly metrics: MetricsServer | undefined
}

/**
 * Serves tokens until a signal tells the process to stop.
 *
 * @internal
 * @param path - path of the config file
 * @throws {ConfigError | TokenError | TypeError} when it cannot start
 */
export async function runServer(path: string | undefined, env: Environment): Promise<void> {
  let running: Running | undefined
  // First of all: the first process of a container gets no signal for which it has no listener.
  onStopSignal(async () => (running ? stop(running) : 0))
  running = await start(await readSetup(path, env))
  // Last, because a script that waits for this line may send a signal at once.
  logStart(running)
}

async function start(setup: Setup): Promise<Running> {
  const { config } = setup
  const logger = await createLogger(config)
  logCrashes(logger)
  const service = await createService(setup, logger)
  const report = await startReport(setup, service)
  const server = await startTokenServer(service.handler, config, {
    onDrop: (ip) => logger.warn({ type: 'connection.refused', ip }, 'too many connections'),
  })
  const metrics = service.metrics && (await startMetricsServer(config, service.metrics.metrics))
  return { setup, logger, service, report, server, metrics }
}

/**
 * Shuts down without failing a request: `readyz` turns 503, the port closes after the drain time, and requests in
 * flight may finish. Resolves with the exit code: 0, or 1 when a request was cut off.
 */
async function stop({ setup, logger, service, server, metrics }: Running): Promise<number> {
  const { drainSeconds, graceSeconds } = setup.config
  service.handler.drain()
  logger.info({ type: 'server.draining', drainSeconds, graceSeconds }, 'draining')
  server.drain()
  await delay(drainSeconds * 1000)
  service.handler.close()
  const cut = await server.stop(graceSeconds * 1000)
  service.redis?.disconnect()
  metrics?.stop()
  logger.info({ type: 'server.stopped', cut }, 'stopped')
  return cut === 0 ? 0 : 1
}

// Node would print the error with all its members, which may contain secrets.
function logCrashes(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    try {
      logger.fatal({ type: 'server.crashed', err: error }, 'crashed')
    } finally {
      process.exit(1)
    }
  })
}

function logStart({ setup, logger, report, server: { port }, metrics }: Running): void {
  const { line, warnings } = report
  const ports = { port, metricsPort: metrics?.port }
  logger.info({ type: 'server.started', ...ports, ...line }, `listening on port ${port}`)
  const { event } = pinoEvents(logger)
  for (const warning of warnings) event(warning)
  for (const { variables, reason } of ignoredVariables(setup.env)) {
    logger.info({ type: 'config.ignored', variables }, reason)
  }
}

/**
 * Calls `stop` on the first SIGTERM, SIGINT or SIGHUP, and ends the process with the code that it resolves with. A
 * second SIGTERM or SIGINT ends the process at once; a second SIGHUP does not, because a closing terminal and its
 * shell both send one.
 */
function onStopSignal(stop: () => Promise<number>): void {
  let ending: Promise<never> | undefined
  let orders = 0
  const end = async (): Promise<never> => process.exit(await stop())
  process.on('SIGHUP', () => void (ending ??= end()))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      orders += 1
      if (orders > 1) process.exit(128 + constants.signals[signal])
      ending ??= end()
    })
  }
}
