/** Limits how many lines of a kind are written. @internal */
export interface LineLimit {
  /** Whether to write one more line of this kind. Counts the lines that are left out. */
  readonly allows: (kind: string) => boolean
  /** Reports the lines left out since the last call. */
  readonly tell: () => void
}

const WINDOW_MS = 10_000
const LINES = 20

/**
 * Allows 20 lines of each kind in ten seconds, and then reports how many more there were: a flood of refusals must
 * neither fill the disk nor hide other lines.
 *
 * @internal
 * @param report - called with a kind and the number of its lines that were left out
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
