import { constants, setPriority } from 'node:os'

/** Lets the browser tests, which run beside these, have the processor first: their tokens live for seconds. */
export function setup(): void {
  setPriority(constants.priority.PRIORITY_LOW)
}
