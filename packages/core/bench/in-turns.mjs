const BATCH = 100

/**
 * How a candidate is called: with the number of the call, so that no two calls need have the same input.
 *
 * @typedef {(call: number) => unknown} Candidate
 */

/**
 * What one candidate took in one round, in µs a call.
 *
 * @typedef {{ clock: number, processor: number }} Taken
 */

/**
 * Times two candidates by throughput: batches of 100 calls in turn, each pair of batches in the other order
 * than the one before, and the mean over all batches of a round. Garbage that a batch leaves is collected in
 * the batches after it and is in the mean, which a median of single calls leaves out. One more round, in which
 * the functions get compiled, does not count.
 *
 * @param {readonly [Candidate, Candidate]} candidates
 * @param {{ rounds: number, batches: number }} size
 * @returns {Promise<(readonly [Taken, Taken])[]>} a pair for each round
 */
export async function inTurns([first, second], { rounds, batches }) {
  const pairs = []
  for (let round = 0; round <= rounds; round++) {
    const taken = [none(), none()]
    for (let batch = 0; batch < batches; batch++) {
      const call = (round * batches + batch) * BATCH
      for (const which of batch % 2 === 0 ? [0, 1] : [1, 0]) {
        const { clock, processor } = await timeOf(which === 0 ? first : second, call)
        taken[which].clock += clock / batches
        taken[which].processor += processor / batches
      }
    }
    if (round > 0) pairs.push(/** @type {const} */ ([taken[0], taken[1]]))
  }
  return pairs
}

/** @returns {Taken} */
function none() {
  return { clock: 0, processor: 0 }
}

/**
 * The mean of a batch.
 *
 * @param {Candidate} candidate
 * @param {number} firstCall
 * @returns {Promise<Taken>}
 */
async function timeOf(candidate, firstCall) {
  const isAsync = candidate(firstCall) instanceof Promise
  const cpu = process.cpuUsage()
  const start = performance.now()
  for (let i = 0; i < BATCH; i++) {
    const result = candidate(firstCall + i)
    if (isAsync) await result
  }
  const clock = (performance.now() - start) * 1000
  const { user, system } = process.cpuUsage(cpu)
  return { clock: clock / BATCH, processor: (user + system) / BATCH }
}

/** @param {readonly number[]} values */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, least: sorted[0], most: sorted[sorted.length - 1] }
}
