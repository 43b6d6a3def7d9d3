import process from 'node:process'

import type { Config } from './config.ts'
import { loadPeer } from './load-peer.ts'
import type { Logger } from './logger.ts'
import { gatherMetrics } from './gather-metrics.ts'
import { type MetricsServer, startMetricsServer } from './metrics-server.ts'
import { logStart } from './run-alone.ts'
import type { Setup } from './setup.ts'
import { onStopSignal } from './stop-signals.ts'
import { WorkerPool } from './worker-pool.ts'

// What a worker may take beyond its times, to flush replies and to end.
const MARGIN_MS = 2000

/**
 * Runs several workers on one port: replaces those that crash, replaces all of them one by one at
 * SIGHUP, and serves the sum of their metrics.
 *
 * @internal
 * @throws {ConfigError} when they cannot start
 */
export async function runSupervisor({ config }: Setup, logger: Logger): Promise<void> {
  const { drainSeconds, graceSeconds } = config
  const pool = new WorkerPool(logger, (drainSeconds + graceSeconds) * 1000 + MARGIN_MS)
  const { port, report } = await startAll(pool, config.workers)
  const metricsServer = await serveMetrics(config, pool)
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

async function serveMetrics(config: Config, pool: WorkerPool): Promise<MetricsServer | undefined> {
  if (config.metricsPort === undefined) return undefined
  const { AggregatorRegistry } = await loadPeer(
    ['prom-client'],
    'Metrics',
    () => import('prom-client'),
  )
  return startMetricsServer(config, async () =>
    AggregatorRegistry.aggregate([...(await gatherMetrics(pool.serving))]).metrics(),
  )
}
