import { constants } from 'node:os'
import process from 'node:process'

/**
 * Calls `stop` at the first SIGTERM or SIGINT and ends the process with the code it resolves with; at
 * the second signal, ends it at once.
 *
 * @internal
 */
export function onStopSignal(stop: () => Promise<number>): void {
  let isStopping = false
  const end = async (): Promise<never> => process.exit(await stop())
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(128 + constants.signals[signal])
      isStopping = true
      void end()
    })
  }
}
