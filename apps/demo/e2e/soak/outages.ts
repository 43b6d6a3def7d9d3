/** Keeps book of when something stood in the way of a renewal. Moments are unix milliseconds. */
export interface Outages {
  /** Something stands in the way from now on, or no longer. Saying so twice does no harm. */
  readonly set: (cause: string, isOn: boolean) => void
  /** What stood in the way at any time between two moments. */
  readonly between: (from: number, to: number) => readonly string[]
}

interface Outage {
  readonly cause: string
  readonly from: number
  to: number
}

/** Creates an empty book. `slackMs` is how much longer than noted an outage may have been. */
export function createOutages(clock: () => number, slackMs: number): Outages {
  const outages: Outage[] = []
  const open = (cause: string): Outage | undefined =>
    outages.find((outage) => outage.cause === cause && outage.to === Infinity)
  return {
    set(cause, isOn) {
      const present = open(cause)
      if (isOn && !present) outages.push({ cause, from: clock() - slackMs, to: Infinity })
      if (!isOn && present) present.to = clock() + slackMs
    },
    between: (from, to) =>
      outages.flatMap((outage) => (outage.from <= to && outage.to >= from ? [outage.cause] : [])),
  }
}
