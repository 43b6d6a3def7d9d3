import process from 'node:process'

import type { Service } from './create-service.ts'
import type { Logger } from './logger.ts'
import { serve } from './serve.ts'
import type { Setup } from './setup.ts'
import {
  METRICS_WANTED,
  type WorkerMetrics,
  type WorkerOrder,
  type WorkerReady,
} from './worker-message.ts'

/**
 * Serves as one worker of several. Signals are for the supervisor: a terminal and some init systems
 * send them to every process, and the order of the supervisor would then be the second.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when it cannot start
 */
export async function runWorker(setup: Setup, logger: Logger): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
  const { port, report, service, stop, retire } = await serve(setup, logger)
  const orders: Readonly<Record<WorkerOrder, () => Promise<number>>> = {
    'rtc-token:stop': stop,
    'rtc-token:retire': retire,
  }
  const obey = async (message: unknown): Promise<void> => {
    if (isOrder(message)) process.exit(await orders[message]())
    if (message === METRICS_WANTED) await tellMetrics(service)
  }
  process.on('message', (message) => void obey(message))
  process.send?.({ type: 'rtc-token:ready', port, report } satisfies WorkerReady)
}

async function tellMetrics({ metrics: counted }: Service): Promise<void> {
  const metrics = (await counted?.registry.getMetricsAsJSON()) ?? []
  const answer: WorkerMetrics = { type: 'rtc-token:metrics', metrics }
  // A supervisor that has gone takes this worker with it.
  process.send?.(answer, undefined, undefined, () => {})
}

function isOrder(message: unknown): message is WorkerOrder {
  return message === 'rtc-token:stop' || message === 'rtc-token:retire'
}
