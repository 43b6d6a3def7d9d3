import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'

import { createService, type Service } from './create-service.ts'
import type { Logger } from './logger.ts'
import type { Setup } from './setup.ts'
import { startReport, type StartReport } from './start-report.ts'
import { startTokenServer } from './token-server.ts'

/** A server that runs in this process. @internal */
export interface Serving {
  readonly port: number
  readonly service: Service
  readonly report: StartReport
  /**
   * Shuts down without failing a request: readiness goes down, after the drain time the port closes,
   * and what has begun may finish. Resolves with the exit code: 0, or 1 when a request was cut off.
   */
  readonly stop: () => Promise<number>
  /** The same for a process that another one replaces: the whole stays ready meanwhile. */
  readonly retire: () => Promise<number>
}

/**
 * Serves tokens from this process.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when it cannot start
 */
export async function serve(setup: Setup, logger: Logger): Promise<Serving> {
  const { drainSeconds, graceSeconds } = setup.config
  const service = await createService(setup, logger)
  const report = await startReport(setup, service)
  const server = await startTokenServer(service.handler, setup.config)
  logCrashes(logger)
  const drain = async (): Promise<void> => {
    logger.info({ type: 'server.draining', drainSeconds, graceSeconds }, 'draining')
    server.drain()
    await delay(drainSeconds * 1000)
  }
  const finish = async (): Promise<number> => {
    const cut = await server.stop(graceSeconds * 1000)
    service.redis?.disconnect()
    logger.info({ type: 'server.stopped', cut }, 'stopped')
    return cut === 0 ? 0 : 1
  }
  return {
    port: server.port,
    service,
    report,
    async retire() {
      await drain()
      return finish()
    },
    async stop() {
      service.handler.drain()
      await drain()
      service.handler.close()
      return finish()
    },
  }
}

// Node would print the error as it is, with whatever a stranger has hung on it.
function logCrashes(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    logger.fatal({ type: 'server.crashed', err: error }, 'crashed')
    process.exit(1)
  })
}
