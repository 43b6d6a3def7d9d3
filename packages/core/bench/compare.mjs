import { measure } from 'mitata'

const ROUND_NANOSECONDS = 80e6

/**
 * Times two or more functions in alternating rounds and gives, for each against the first, the median
 * of the ratios of the rounds: what else the machine does meanwhile hits all of them alike. Every
 * other round goes backwards; one more round, in which the functions get compiled, does not count.
 *
 * @param {Readonly<Record<string, () => unknown>>} candidates the first is the one to compare with
 * @param {number} rounds
 */
export async function compare(candidates, rounds) {
  const names = Object.keys(candidates)
  /** @type {Record<string, number[]>} */
  const micros = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const { p50 } = await measure(candidates[name], { min_cpu_time: ROUND_NANOSECONDS })
      if (round > 0) micros[name].push(p50 / 1000)
    }
  }
  const [ours] = names
  return names.map((name) => ({
    name,
    microseconds: median(micros[name]),
    timesOurs: median(micros[name].map((value, round) => value / micros[ours][round])),
  }))
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1]
}
