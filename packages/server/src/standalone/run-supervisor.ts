import process from 'node:process'

import type { Config } from './config.ts'
import { loadPeer } from './load-peer.ts'
import type { Logger } from './logger.ts'
import { type MetricsServer, startMetricsServer } from './metrics-server.ts'
import { logStart } from './run-alone.ts'
import type { Setup } from './setup.ts'
import { onStopSignal } from './stop-signals.ts'
import { WorkerPool } from './worker-pool.ts'

/**
 * Runs several workers on one port: replaces those that crash, replaces all of them one by one at
 * SIGHUP, and serves the sum of their metrics.
 *
 * @internal
 * @throws {ConfigError} when they cannot start
 */
export async function runSupervisor({ config }: Setup, logger: Logger): Promise<void> {
  const pool = new WorkerPool(logger)
  const { port, report } = await startAll(pool, config.workers)
  const metricsServer = await serveMetrics(config)
  process.on('SIGHUP', () => void pool.roll())
  onStopSignal(
    async () => {
      const code = await pool.stop()
      metricsServer?.stop()
      logger.info({ type: 'supervisor.stopped', code }, 'stopped')
      return code
    },
    () => pool.kill(),
  )
  logStart(logger, report, { port, metricsPort: metricsServer?.port })
}

async function startAll(pool: WorkerPool, count: number): ReturnType<WorkerPool['start']> {
  try {
    return await pool.start(count)
  } catch (error) {
    pool.kill()
    throw error
  }
}

async function serveMetrics(config: Config): Promise<MetricsServer | undefined> {
  if (config.metricsPort === undefined) return undefined
  const { AggregatorRegistry } = await loadPeer(
    ['prom-client'],
    'Metrics',
    () => import('prom-client'),
  )
  const registry = new AggregatorRegistry()
  return startMetricsServer(config, () => registry.clusterMetrics())
}
