/** Bounds how many lines of a kind are written. @internal */
export interface LineLimit {
  /** Whether one more line of this kind is to be written. Counts those that are not. */
  readonly allows: (kind: string) => boolean
  /** Tells of what was counted since the last time. */
  readonly tell: () => void
}

const WINDOW_MS = 10_000
const LINES = 20

/**
 * Lets 20 lines of each kind through in ten seconds, and then tells how many more there were: a flood
 * of refusals must not fill the disk, nor hide the other lines.
 *
 * @internal
 * @param report - hears of a kind, and how many lines of it were left out
 */
export function createLineLimit(report: (kind: string, lines: number) => void): LineLimit {
  const counts = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  const tell = (): void => {
    clearTimeout(timer)
    timer = undefined
    const leftOut = [...counts].filter(([, count]) => count > LINES)
    counts.clear()
    for (const [kind, count] of leftOut) report(kind, count - LINES)
  }
  return {
    allows(kind) {
      timer ??= setTimeout(tell, WINDOW_MS).unref()
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      return count <= LINES
    },
    tell,
  }
}
