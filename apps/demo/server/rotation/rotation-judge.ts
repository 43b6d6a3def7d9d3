import { coreJudge, type Judge, type Verdict } from '@rtc-token/edge'
import type { RotatingKeys } from './rotation-keys.ts'

/** What a judge decides by. */
export interface RotationJudgeOptions {
  readonly keys: Pick<RotatingKeys, 'inForce'>
  /** Unix milliseconds, as the edge believes them to be. */
  readonly clock: () => number
  /** Is told every token that was put to the judge. */
  readonly heard?: (token: string, verdict: Verdict) => void
}

/**
 * Judges as Agora does while a project has two certificates: a token of either is good, until one of
 * them is dropped.
 */
export function createRotationJudge({ keys, clock, heard }: RotationJudgeOptions): Judge {
  const judge = coreJudge(() => keys.inForce.map(({ certificate }) => certificate), clock)
  return (token, context) => {
    const verdict = judge(token, context)
    heard?.(token, verdict)
    return verdict
  }
}
