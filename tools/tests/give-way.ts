import { constants, setPriority } from 'node:os'

/**
 * In the test command, browser tests run beside these: they have the processor first, since their tokens live
 * for seconds.
 */
export function setup(): void {
  if (process.env['TURBO_HASH']) setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
}
