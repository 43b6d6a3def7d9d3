// Our minting, reading and verifying beside Agora's own packages and two JWT libraries, for short and for long
// names; then what larger tokens cost. `--write` puts the figures into docs/performance.md; `--short` measures
// what stands beside Agora's packages and nothing else.

import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { measureGrowth } from './growth.mjs'
import { inTurns, spread } from './in-turns.mjs'
import { writeFigures } from './figures.mjs'
import { comparisonTable, growthTable } from './report.mjs'
import { comparisons, NAMES, PROJECT } from './workload.mjs'

const ROUNDS = 9
const BATCHES = 100
const COMMAND = 'node packages/core/bench/core.bench.mjs --write'
const asked = new Set(process.argv.slice(2))

const about = describeRun()
process.stdout.write(`${about}\n`)
const rows = await compareAll()
process.stdout.write(`${comparisonTable(rows)}\n`)
if (!asked.has('--short')) {
  const growth = growthTable(await measureGrowth(PROJECT))
  process.stdout.write(`\n${growth}\n`)
  if (asked.has('--write')) {
    writeInto('core', `${about}\n\n${comparisonTable(rows)}`)
    writeInto('growth', growth)
  }
}

async function compareAll() {
  const rows = []
  for (const [names, users] of Object.entries(NAMES)) {
    for (const { what, ours, others } of await comparisons(users)) {
      if (asked.has('--short') && Object.keys(others).length === 0) continue
      rows.push({ what, names, ...(await compare(ours, others)) })
    }
  }
  return rows
}

/** Ours beside each of the others; where there is none, beside itself. */
async function compare(ours, others) {
  const against = []
  const own = []
  const pairs = Object.entries(others)
  for (const [name, theirs] of pairs.length > 0 ? pairs : [['', ours]]) {
    if (asked.has('--short') && !name.startsWith('agora')) continue
    const rounds = await inTurns([ours, theirs], { rounds: ROUNDS, batches: BATCHES })
    own.push(...rounds.map(([taken]) => taken.processor))
    if (name !== '') against.push({ name, ...ratios(rounds) })
  }
  return { micros: spread(own), against }
}

function ratios(rounds) {
  return {
    micros: spread(rounds.map(([, theirs]) => theirs.processor)),
    processor: spread(rounds.map(([ours, theirs]) => theirs.processor / ours.processor)),
    clock: spread(rounds.map(([ours, theirs]) => theirs.clock / ours.clock)),
  }
}

function describeRun() {
  const date = new Date().toISOString().slice(0, 10)
  const cpu = `${cpus().length} × ${cpus()[0]?.model}`
  const versions = ['agora-token', 'agora-access-token', 'livekit-server-sdk', 'jose'].map(
    versionOf,
  )
  const load = loadavg()[0]?.toFixed(1)
  return `Measured on ${date}: ${cpu}, Node ${process.versions.node}, ${versions.join(', ')}; ${ROUNDS} rounds of ${BATCHES} batches of 100 calls; load of the machine ${load} at the start.`
}

/** Not every package exports its package.json. */
function versionOf(name) {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url)
  return `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}`
}

function writeInto(name, text) {
  writeFigures({ document: 'docs/performance.md', name }, { command: COMMAND, text })
}
