/** The edge's own clock, which may be wrong. */
export interface EdgeClock {
  /** Unix milliseconds as the edge believes them to be. */
  readonly now: () => number
  /** How far the edge's clock is ahead of the right one, in milliseconds; negative when behind. */
  skewMs: number
}

/** Creates a clock that is right, by `clock` (unix milliseconds), until it is skewed. */
export function createEdgeClock(clock: () => number): EdgeClock {
  const edgeClock: EdgeClock = { now: () => clock() + edgeClock.skewMs, skewMs: 0 }
  return edgeClock
}
