import { setPriority } from 'node:os'
import type { TestProject } from 'vitest/node'

const UNIT_TESTS = 10
const OTHERS = 5

/**
 * In the test command, browser tests run beside all others: they have the processor first, since their tokens live for
 * seconds, then tests that wait for programs.
 */
export function setup({ name }: TestProject): void {
  if (process.env['TURBO_HASH']) setPriority(name === 'node' ? UNIT_TESTS : OTHERS)
}
