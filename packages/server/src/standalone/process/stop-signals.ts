import { constants } from 'node:os'
import process from 'node:process'

/**
 * Calls `stop` on the first SIGTERM, SIGINT or SIGHUP, and ends the process with the code that it resolves with. A
 * second SIGTERM or SIGINT ends the process at once; a second SIGHUP does not, because a closing terminal and its
 * shell both send one.
 *
 * @internal
 */
export function onStopSignal(stop: () => Promise<number>): void {
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
