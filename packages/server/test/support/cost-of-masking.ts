const LENGTH = 200_000

/**
 * How many times as long masking takes for a text of one part repeated as for harmless words of the
 * same length, on the same machine in the same moment. Patterns that read on from each of their beginnings
 * take hundreds of times as long.
 */
export function costOfMasking(mask: (text: string) => unknown, part: string): number {
  const harmless = `${'harmless words, '.repeat(LENGTH / 16)}bearer x`
  const hostile = `${part.repeat(LENGTH / part.length)}@`
  return fastestOf(5, () => mask(hostile)) / fastestOf(5, () => mask(harmless))
}

function fastestOf(times: number, run: () => unknown): number {
  const tries = Array.from({ length: times }, () => {
    const startedAt = performance.now()
    run()
    return performance.now() - startedAt
  })
  return Math.min(...tries)
}
