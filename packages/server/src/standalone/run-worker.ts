import process from 'node:process'

import type { Logger } from './logger.ts'
import { serve } from './serve.ts'
import type { Setup } from './setup.ts'
import type { WorkerOrder, WorkerReady } from './worker-message.ts'

/**
 * Serves as one worker of several. Signals are for the supervisor: a terminal and some init systems
 * send them to every process, and the order of the supervisor would then be the second.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when it cannot start
 */
export async function runWorker(setup: Setup, logger: Logger): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
  const { port, report, stop, retire } = await serve(setup, logger)
  const orders: Readonly<Record<WorkerOrder, () => Promise<number>>> = {
    'rtc-token:stop': stop,
    'rtc-token:retire': retire,
  }
  const obey = async (message: unknown): Promise<void> => {
    if (isOrder(message)) process.exit(await orders[message]())
  }
  process.on('message', (message) => void obey(message))
  process.send?.({ type: 'rtc-token:ready', port, report } satisfies WorkerReady)
}

function isOrder(message: unknown): message is WorkerOrder {
  return message === 'rtc-token:stop' || message === 'rtc-token:retire'
}
