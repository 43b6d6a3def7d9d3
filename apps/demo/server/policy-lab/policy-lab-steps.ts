import type { PhaseName, Phases } from '@rtc-token/server'

/** One step of the pipeline. */
export interface LabStep {
  readonly name: PhaseName
  /** Milliseconds; `null` when the request never came this far. */
  readonly ms: number | null
}

const PHASES: readonly PhaseName[] = ['authenticate', 'limit', 'authorize', 'sign']

/** The steps in the order in which they happened; what was not reached comes last. */
export function stepsOf(phases: Phases = {}): readonly LabStep[] {
  const reached = Object.entries(phases).flatMap(([name, ms]) =>
    isPhase(name) ? [{ name, ms }] : [],
  )
  const missed = PHASES.filter((name) => phases[name] === undefined)
  return [...reached, ...missed.map((name) => ({ name, ms: null }))]
}

function isPhase(name: string): name is PhaseName {
  return PHASES.some((phase) => phase === name)
}
