const LENGTH = 200_000

/**
 * How many times as long masking takes for a text of one part repeated as for harmless words of the
 * same length, in processor time, so that a busy machine does not count. Patterns that read on from each
 * of their beginnings take hundreds of times as long.
 */
export function costOfMasking(mask: (text: string) => unknown, part: string): number {
  const harmless = `${'harmless words, '.repeat(LENGTH / 16)}bearer x`
  const hostile = `${part.repeat(LENGTH / part.length)}@`
  return leastMicros(() => mask(hostile)) / leastMicros(() => mask(harmless))
}

/** The least processor time of five tries; at least that of a clock tick. */
function leastMicros(run: () => unknown): number {
  const tries = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage()
    run()
    return process.cpuUsage(before).user
  })
  return Math.max(1000, Math.min(...tries))
}
