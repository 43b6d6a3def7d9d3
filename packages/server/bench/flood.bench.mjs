// How long a polite caller waits for a token, while nothing else happens and in the middle of a flood of
// pipelined requests: on a server without limits, and on one that tells the flood to wait.
// `--seconds 5`, `--connections 1` of the flood.

import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ask, CORES, nextMessage, startProcess } from './load/start-process.mjs'
import { PATH, WISH } from './load/wish.mjs'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '1' },
  },
})
const seconds = Number(values.seconds)
const connections = Number(values.connections)
const PAUSE_MS = 5

const flood = startProcess('./flood.mjs', { core: CORES.load })
// What Node alone makes a caller wait.
const BARE = ['0', JSON.stringify({ headers: {}, body: '{}' })]

const SERVERS = [
  { name: 'bare node:http', file: 'bare.mjs', args: BARE },
  { name: 'without limits', file: 'rtc-token.mjs' },
  { name: 'with a limit by address', file: 'rtc-token-limited.mjs' },
]

for (const { name, file, args } of SERVERS) {
  const child = startProcess(`../servers/${file}`, { core: CORES.server, args })
  const { url } = await nextMessage(child)
  await measure(url, 1)
  print(`${name}, quiet: ${line(await measure(url, seconds))}`)
  const flooded = ask(flood, { url, seconds: seconds + 1, connections })
  await delay(500)
  const times = await measure(url, seconds)
  const { replies, closed } = await flooded
  print(
    `${name}, flood of ${connections}: ${line(times)}; the flood had ${replies} replies, ${closed} connections closed`,
  )
  child.disconnect()
}
flood.disconnect()

/**
 * Asks one after the other on a connection of its own, and returns how long each took, in order of length.
 *
 * @param {string} url
 * @param {number} seconds
 */
async function measure(url, seconds) {
  const agent = new Agent({ keepAlive: true })
  const times = []
  for (const ends = performance.now() + seconds * 1000; performance.now() < ends;) {
    const began = performance.now()
    await post(url, agent)
    times.push(performance.now() - began)
    await delay(PAUSE_MS)
  }
  agent.destroy()
  return times.toSorted((a, b) => a - b)
}

/**
 * @param {string} url
 * @param {Agent} agent
 */
function post(url, agent) {
  // Another address than that of the flood, for the limits.
  const headers = { ...WISH.headers, 'x-forwarded-for': '192.0.2.1' }
  return new Promise((resolve, reject) => {
    const asked = request(url + PATH, { method: 'POST', agent, headers }, (reply) => {
      if (reply.statusCode !== 200) reject(new Error(`the polite caller got ${reply.statusCode}`))
      reply.resume().on('end', resolve)
    })
    asked.on('error', reject).end(WISH.body)
  })
}

/** @param {readonly number[]} times */
function line(times) {
  const at = (part) => `${times[Math.floor(times.length * part)]?.toFixed(1)} ms`
  return `p50 ${at(0.5)}, p99 ${at(0.99)} of ${times.length} requests`
}

/** @param {string} text */
function print(text) {
  process.stdout.write(`${text}\n`)
}
