// What the handler takes by itself, without sockets: processor time for a request, beside that of the
// signature in it. Rounds in turn; the least is what other processes on the machine have not disturbed.

import { createToken, rtc } from '@rtc-token/core'
import { allow, createTokenHandler } from '@rtc-token/server'
import { NodeRequest } from 'srvx/node'
import { median } from './load/statistics.mjs'
import { ACCOUNT, AUTHORIZATION, CHANNEL, PATH, PROJECT, TTL_SECONDS, WISH } from './load/wish.mjs'

const ROUNDS = 60
const CALLS = 2000

const subject = { id: ACCOUNT }
const handler = createTokenHandler({
  project: PROJECT,
  authenticate: (request) =>
    request.headers.get('authorization') === AUTHORIZATION ? subject : null,
  authorize: ({ subject, wish }) => allow({ identity: { account: subject.id }, role: wish.role }),
})
const bytes = new TextEncoder().encode(WISH.body)
const headers = { host: 'localhost', ...WISH.headers, 'content-length': String(bytes.length) }
const req = { url: PATH, method: 'POST', headers, rawHeaders: Object.entries(headers).flat() }
const context = { ip: '127.0.0.1', readBody: async () => bytes, isGone: () => false }
const services = () => [rtc({ channel: CHANNEL, account: ACCOUNT, role: 'publisher' })]

const candidates = {
  respond: () => handler.respond(new NodeRequest({ req }), context),
  createToken: async () => createToken({ ...PROJECT, ttl: TTL_SECONDS, services: services() }),
}

const { status } = await candidates.respond()
if (status !== 200) throw new Error(`200 expected, got ${status}`)
const micros = { respond: [], createToken: [] }
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, call] of Object.entries(candidates)) micros[name].push(await timeOf(call))
}
for (const [name, values] of Object.entries(micros)) {
  const figures = `least ${Math.min(...values).toFixed(1)}  median ${median(values).toFixed(1)}`
  process.stdout.write(`${name.padEnd(12)}  ${figures}  µs\n`)
}

/** @param {() => Promise<unknown>} call */
async function timeOf(call) {
  const before = process.cpuUsage()
  for (let i = 0; i < CALLS; i++) await call()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / CALLS
}
