// What grows: processor time for a request with 1, 10 and 100 projects, and the memory of `memoryLimiter` with up to a
// million subjects. Run with `node --expose-gc`; `--write` puts the tables into docs/sizing.md.

import { cpus } from 'node:os'
import { allow, createTokenHandler, memoryLimiter } from '@rtc-token/server'
// @boundaries-ignore the benches of all packages write their figures in one way
import { writeFigures } from '../../core/bench/figures.mjs'
// @boundaries-ignore and their tables
import { table } from '../../core/bench/report.mjs'
import { ACCOUNT, AUTHORIZATION, PATH, PROJECT, WISH } from './load/wish.mjs'

if (!globalThis.gc) throw new Error('start it with node --expose-gc')

const ROUNDS = 30
const CALLS = 500
const PLACE = { document: 'docs/sizing.md', name: 'growth' }
const COMMAND = 'node --expose-gc packages/server/bench/growth.bench.mjs --write'
const bytes = new TextEncoder().encode(WISH.body)
const about = `Measured on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, ${cpus()[0]?.model}.`

const projects = table(['projects', 'first token, µs', 'renewal, µs'], await growthOfProjects())
const subjects = table(
  ['subjects', '`maxKeys`', 'remembered', 'heap, MiB', 'bytes a subject remembered'],
  [
    [10_000, 100_000],
    [100_000, 200_000],
    [1_000_000, 2_000_000],
    [1_000_000, 100_000],
  ].map(memoryOf),
)
process.stdout.write(`${about}\n\n${projects}\n\n${subjects}\n`)
if (process.argv.includes('--write')) {
  const text = `${about}\n\n${projects}\n\n${subjects}`
  writeFigures(PLACE, { command: COMMAND, text })
}

/** The least of the rounds in turn: what other processes have not disturbed. */
async function growthOfProjects() {
  const asked = await Promise.all([1, 10, 100].map(callsOf))
  const least = asked.map(() => ({ first: Infinity, renewal: Infinity }))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, calls] of asked.entries()) {
      for (const [name, call] of Object.entries(calls.calls)) {
        least[i][name] = Math.min(least[i][name], await timeOf(call))
      }
    }
  }
  return asked.map(({ count }, i) => [
    String(count),
    least[i].first.toFixed(1),
    least[i].renewal.toFixed(1),
  ])
}

async function callsOf(count) {
  const named = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`p${i}`, { ...PROJECT, appId: appIdOf(i) }]),
  )
  const handler = createTokenHandler({
    project: named,
    authenticate: (request) =>
      request.headers.get('authorization') === AUTHORIZATION ? { id: ACCOUNT } : null,
    authorize: ({ subject, wish }) =>
      allow({ identity: { account: subject.id }, role: wish.role, project: `p${count - 1}` }),
  })
  const ask = (body) => handler.respond(new Request(`http://localhost${PATH}`, WISH), body)
  const first = { readBody: () => bytes }
  const { token } = JSON.parse((await ask(first)).body)
  const wish = { ...JSON.parse(WISH.body), account: ACCOUNT, previousToken: token }
  const renewal = { readBody: () => new TextEncoder().encode(JSON.stringify(wish)) }
  const { status, body } = await ask(renewal)
  if (status !== 200) throw new Error(`200 expected, got ${status}: ${body}`)
  return { count, calls: { first: () => ask(first), renewal: () => ask(renewal) } }
}

function appIdOf(i) {
  return PROJECT.appId.slice(0, -4) + String(i).padStart(4, '0')
}

async function timeOf(call) {
  const before = process.cpuUsage()
  for (let i = 0; i < CALLS; i++) await call()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / CALLS
}

/** All of them within one window, so that none is forgotten because its window has ended. */
function memoryOf([count, maxKeys]) {
  const before = heapUsed()
  const limiter = memoryLimiter({
    name: 'subject',
    limit: 20,
    windowSeconds: 60,
    maxKeys,
    clock: () => 0,
  })
  for (let i = 0; i < count; i++) limiter.consume(`subject=${subjectOf(i)}`)
  const used = heapUsed() - before
  // A subject that was forgotten has all of its limit again.
  let remembered = 0
  for (let i = Math.max(0, count - maxKeys); i < count; i++) {
    if (limiter.consume(`subject=${subjectOf(i)}`, 0).remaining < 20) remembered++
  }
  const mebibytes = (used / 2 ** 20).toFixed(1)
  return [
    String(count),
    String(maxKeys),
    String(remembered),
    mebibytes,
    (used / remembered).toFixed(0),
  ]
}

function heapUsed() {
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

/** Named as a database does. */
function subjectOf(i) {
  return `user-${i.toString(16).padStart(12, '0')}`
}
