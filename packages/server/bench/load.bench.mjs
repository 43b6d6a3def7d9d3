// Our handler on Node beside a bare server and what people write instead: requests per second, times,
// processor time for a request. `--quick` for a first look, `--only 'bare node:http'` for some of the
// servers, `--connections 32` as often as wanted (default 1, 32 and 256), `--write` to put the table into
// docs/performance.md, with `REDIS_URL` set also with a limit and with removals in Redis, `--soak [--seconds 300]` for memory instead, `--json FILE` for the figures as JSON.

import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
// @boundaries-ignore the benches of all packages write their figures in one way
import { writeFigures } from '../../core/bench/figures.mjs'
// @boundaries-ignore and their tables
import { table } from '../../core/bench/report.mjs'
import { CANDIDATES } from './load/candidates.mjs'
import { measureMemory } from './load/measure-memory.mjs'
import { measureRounds } from './load/measure-rounds.mjs'
import { CORES, isPinned, startProcess } from './load/start-process.mjs'
import { startServers } from './load/start-servers.mjs'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    connections: { type: 'string', multiple: true },
    write: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    json: { type: 'string' },
  },
})

const unknown = (options.only ?? []).filter((name) => !(name in CANDIDATES))
if (unknown.length > 0) {
  const known = Object.keys(CANDIDATES).map((name) => `'${name}'`)
  throw new TypeError(`--only: one of ${known.join(', ')} expected, got ${unknown.join(', ')}`)
}

const PLACE = { document: 'docs/performance.md', name: 'endpoint' }
const COMMAND = 'node packages/server/bench/load.bench.mjs --write'
const connections = (options.connections ?? (options.soak ? ['32'] : ['1', '32', '256'])).map(
  Number,
)
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, loadBefore: loadavg()[0] }
const versions = { node: process.versions.node, v8: process.versions.v8 }
const date = new Date().toISOString().slice(0, 16)
const load = startProcess('./shoot.mjs', { core: CORES.load })
const servers = await startServers(
  options.soak ? (options.only ?? []) : (options.only ?? Object.keys(CANDIDATES)),
  options.soak ? ['--expose-gc'] : [],
)
print(`${date}  ${JSON.stringify({ ...machine, ...versions, isPinned, connections })}`)
const results = options.soak ? await soak() : await compare()
for (const { child } of [...servers, { child: load }]) child.disconnect()
if (options.json) {
  const report = { date, machine, versions, isPinned, connections, results }
  writeFileSync(options.json, JSON.stringify(report, null, 2))
}

async function compare() {
  const seconds = Number(options.seconds ?? (options.quick ? 2 : 5))
  const rounds = options.quick ? 3 : 7
  print(`${rounds} rounds of ${seconds} s; ours to each: by requests, by processor time`)
  const results = []
  for (const count of connections) {
    const rows = await measureRounds(load, servers, { rounds, seconds, connections: count })
    print(`connections: ${count}`)
    for (const row of rows) print(rowText(row))
    results.push({ connections: count, rows })
  }
  if (options.write) write(results, `${rounds} rounds of ${seconds} s in turn`)
  return results
}

function write(results, plan) {
  const { cpu, cores, loadBefore } = machine
  const about = `Measured on ${date.slice(0, 10)}: ${cores} × ${cpu}, Node ${versions.node}; ${plan}, a core each for the server and for the load; load of the machine ${loadBefore?.toFixed(1)} at the start.`
  const head = [
    'connections',
    'server',
    'requests/s',
    'p99, ms',
    'processor, µs',
    'rtc-token ÷ this',
  ]
  const lines = results.flatMap(({ connections: count, rows }) =>
    rows.map((row, i) => [i === 0 ? String(count) : '', ...cellsOf(row, i === 0)]),
  )
  const text = `${about}\n\n${table([...head, 'by processor time'], lines)}`
  writeFigures(PLACE, { command: COMMAND, text })
}

function cellsOf(row, isOurs) {
  const { name, requestsPerSecond, p99, cpuMicroseconds, oursTo, oursToLeast, oursToMost } = row
  const spread = `${oursTo.toFixed(2)} (${oursToLeast.toFixed(2)}–${oursToMost.toFixed(2)})`
  const figures = [requestsPerSecond.toFixed(0), String(p99), cpuMicroseconds.toFixed(0)]
  return [name, ...figures, ...(isOurs ? ['', ''] : [spread, row.oursToByCpu.toFixed(2)])]
}

async function soak() {
  const reports = []
  for (const server of servers) {
    const seconds = Number(options.seconds ?? 300)
    const report = await measureMemory(load, server, { seconds, connections: connections[0] })
    print(JSON.stringify(report, (_key, value) => rounded(value)))
    reports.push(report)
  }
  return reports
}

function rowText(row) {
  const { name, requestsPerSecond, p50, p99, cpuMicroseconds, busy, replyBytes } = row
  return [
    name.padEnd(28),
    `${requestsPerSecond.toFixed(0).padStart(7)} /s`,
    `p50 ${p50} ms, p99 ${p99} ms`.padEnd(24),
    `${cpuMicroseconds.toFixed(1).padStart(7)} µs of processor`,
    `${(100 * busy).toFixed(0).padStart(4)} % busy`,
    `${row.oursTo.toFixed(2).padStart(7)} ${row.oursToByCpu.toFixed(2).padStart(7)}`,
    `  ${replyBytes} bytes`,
  ].join('  ')
}

function rounded(value) {
  return typeof value === 'number' ? Math.round(value * 100) / 100 : value
}

function print(line) {
  process.stdout.write(`${line}\n`)
}
