import { median } from './statistics.mjs'
import { ask } from './start-process.mjs'
import { PATH } from './wish.mjs'

// Times the length of a round: optimised code takes tens of thousands of requests to come.
const WARM_UP = 3

/**
 * One round of load on one server. The processor time that the server's process takes for a request is
 * the figure that other processes on the machine disturb least.
 *
 * @param {import('node:child_process').ChildProcess} load
 * @param {import('./start-servers.mjs').RunningServer} server
 * @param {{ seconds: number, connections: number }} round
 */
async function measureRound(load, { child, url }, { seconds, connections }) {
  const before = await ask(child, {})
  const result = await ask(load, { url: url + PATH, seconds, connections })
  const after = await ask(child, {})
  if (result.failed > 0) throw new Error(`${url}: ${result.failed} requests failed`)
  const cpu = after.cpuMicroseconds - before.cpuMicroseconds
  return { ...result, cpuMicroseconds: cpu / result.requests, busy: cpu / (seconds * 1e6) }
}

/**
 * Puts the servers under load in turn, every other round backwards, so that what else the machine does
 * hits all alike; one more round, in which their code gets compiled, does not count.
 *
 * @param {import('node:child_process').ChildProcess} load
 * @param {readonly import('./start-servers.mjs').RunningServer[]} servers
 * @param {{ rounds: number, seconds: number, connections: number }} plan
 */
export async function measureRounds(load, servers, { rounds, seconds, connections }) {
  const results = Object.fromEntries(servers.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const server of round % 2 === 0 ? servers : servers.toReversed()) {
      const length = round === 0 ? WARM_UP * seconds : seconds
      const result = await measureRound(load, server, { seconds: length, connections })
      if (round > 0) results[server.name].push(result)
    }
  }
  const [ours = []] = Object.values(results)
  return servers.map(({ name, replyBytes }) => ({
    name,
    replyBytes,
    ...summary(results[name], ours),
  }))
}

// A ratio is the median of the rounds' ratios: the rounds of one turn have seen the same machine.
function summary(rounds, ours) {
  const middle = (figure) => median(rounds.map((round) => round[figure]))
  const ratios = (figure) => rounds.map((round, i) => ours[i][figure] / round[figure])
  const byRequests = ratios('requestsPerSecond')
  return {
    requestsPerSecond: middle('requestsPerSecond'),
    p50: middle('p50'),
    p99: middle('p99'),
    cpuMicroseconds: middle('cpuMicroseconds'),
    busy: middle('busy'),
    oursTo: median(byRequests),
    oursToLeast: Math.min(...byRequests),
    oursToMost: Math.max(...byRequests),
    oursToByCpu: 1 / median(ratios('cpuMicroseconds')),
  }
}
