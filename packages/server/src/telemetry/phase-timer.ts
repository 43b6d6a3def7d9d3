import { isThenable } from '../time/deadline.ts'
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
 * Creates the timer for one request; without telemetry it does not measure.
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
    run(name, phase) {
      const startedAt = now()
      const note = (): void => {
        phases[name] = toMicroseconds((phases[name] ?? 0) + now() - startedAt)
      }
      // Synchronous for a synchronous result.
      let isPending = false
      try {
        const answer = telemetry.phase ? telemetry.phase(name, async () => phase()) : phase()
        isPending = isThenable(answer)
        return isPending ? Promise.resolve(answer).finally(note) : answer
      } finally {
        if (!isPending) note()
      }
    },
  }
}

/**
 * Rounds milliseconds to three decimals: clocks are not more precise, and log lines stay short.
 *
 * @internal
 */
export function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
