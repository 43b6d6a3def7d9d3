import type { Telemetry } from './telemetry.ts'
import type { PhaseName, Phases } from './token-event.ts'

/**
 * Times the phases of one request.
 *
 * @internal
 */
export interface PhaseTimer {
  /** Milliseconds so far; a phase that runs several times adds up. */
  readonly phases: Phases
  /** Runs a phase, inside the telemetry's own. Returns and throws what the phase does. */
  run<T>(name: PhaseName, phase: () => T | Promise<T>): T | Promise<T>
}

const UNTIMED: PhaseTimer = { phases: {}, run: (_name, phase) => phase() }

/**
 * Creates the timer for one request, or one that times nothing when nobody watches.
 *
 * @internal
 * @param now milliseconds from any start
 */
export function createPhaseTimer(
  telemetry: Telemetry | undefined,
  now: () => number = () => performance.now(),
): PhaseTimer {
  if (!telemetry) return UNTIMED
  const phases: Partial<Record<PhaseName, number>> = {}
  return {
    phases,
    async run<T>(name: PhaseName, phase: () => T | Promise<T>): Promise<T> {
      const startedAt = now()
      try {
        const run = async (): Promise<T> => phase()
        return await (telemetry.phase ? telemetry.phase(name, run) : run())
      } finally {
        phases[name] = toMicroseconds((phases[name] ?? 0) + now() - startedAt)
      }
    },
  }
}

/**
 * Rounds milliseconds to what a clock can tell and a line of a log should hold.
 *
 * @internal
 */
export function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
