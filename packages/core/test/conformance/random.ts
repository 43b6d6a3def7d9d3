/** Draws an integer from 0 to below the limit. */
export type Pick = (limit: number) => number

/** Numbers that look random and are the same for the same seed on every engine (mulberry32). */
export function random(seed: number): Pick {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

/** One of a list. */
export function oneOf<const L extends readonly [unknown, ...unknown[]]>(
  pick: Pick,
  list: L,
): L[number] {
  return list[pick(list.length)]
}

/** As many as asked for. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
