// Puts servers under load, in a process of its own. Each message is a round; the answer is what it measured.

import autocannon from 'autocannon'
import { WISH } from './wish.mjs'

// Never sleeps: a loop that waits is woken by the server's write, and in a virtual machine that costs
// the server about as much as the write itself, the more the slower it is. Over a network it does not occur.
function stayAwake() {
  setImmediate(stayAwake)
}

stayAwake()
process.on('message', (round) => void shoot(round))
process.on('disconnect', () => process.exit())

/** @param {{ url: string, seconds: number, connections: number }} round */
async function shoot({ url, seconds, connections }) {
  const result = await autocannon({ ...WISH, url, duration: seconds, connections })
  const { latency, requests } = result
  process.send?.({
    requestsPerSecond: requests.total / result.duration,
    requests: requests.total,
    p50: latency.p50,
    p99: latency.p99,
    failed: result.non2xx + result.errors + result.timeouts,
  })
}
