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
  now: () => number = monotonicMs,
): PhaseTimer {
  return telemetry ? new TimedPhases(telemetry, now) : UNTIMED
}

function monotonicMs(): number {
  return performance.now()
}

class TimedPhases implements PhaseTimer {
  readonly phases: Partial<Record<PhaseName, number>> = {}
  readonly #telemetry: Telemetry
  readonly #now: () => number

  constructor(telemetry: Telemetry, now: () => number) {
    this.#telemetry = telemetry
    this.#now = now
  }

  /** Synchronous for a synchronous result. */
  run<T>(name: PhaseName, phase: () => T | Promise<T>): T | Promise<T> {
    const startedAt = this.#now()
    let isPending = false
    try {
      const answer = this.#telemetry.phase
        ? this.#telemetry.phase(name, async () => phase())
        : phase()
      isPending = isThenable(answer)
      return isPending ? this.#follow(answer, name, startedAt) : answer
    } finally {
      if (!isPending) this.#note(name, startedAt)
    }
  }

  async #follow<T>(answer: T | Promise<T>, name: PhaseName, startedAt: number): Promise<T> {
    try {
      return await answer
    } finally {
      this.#note(name, startedAt)
    }
  }

  #note(name: PhaseName, startedAt: number): void {
    const ms = (this.phases[name] ?? 0) + this.#now() - startedAt
    this.phases[name] = toMicroseconds(ms)
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
