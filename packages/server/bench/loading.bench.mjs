// What a cold start pays: fresh processes of Node that load nothing, core, the server, or print a version, in turn.
// The built packages are what is measured. `--write` puts the table into docs/performance.md; `--rounds` says how many.

import { spawnSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadedModules } from '@rtc-token/release/loaded-modules'
// @boundaries-ignore the benches of all packages write their figures in one way
import { writeFigures } from '../../core/bench/figures.mjs'
// @boundaries-ignore and their tables
import { table } from '../../core/bench/report.mjs'

const PLACE = { document: 'docs/performance.md', name: 'loading' }
const COMMAND = 'node packages/server/bench/loading.bench.mjs --write'
const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
const PRELOAD = fileURLToPath(new URL('loading/report-cpu.cjs', import.meta.url))
const PROGRAM = fileURLToPath(new URL('../dist/standalone/main.js', import.meta.url))
const NODE = 'Node alone'
const HEAD = [
  'what',
  'files',
  'kB',
  'processor, ms',
  'beyond Node',
  'of Node',
  'by the clock, ms',
  'goal',
]

/** What is started, and at most how many ms: of `import` beyond Node, of the program in all. */
const CANDIDATES = {
  [NODE]: { args: evaluating(''), goal: '' },
  ...imports('@rtc-token/core', '25 beyond Node'),
  ...imports('@rtc-token/core/inspect', ''),
  ...imports('@rtc-token/server', '60 beyond Node'),
  ...imports('@rtc-token/server/node', ''),
  ...imports('@rtc-token/server/aws-lambda', ''),
  'rtc-token-server --version': { args: [PROGRAM, '--version'], goal: '120 in all' },
}

const { values } = parseArgs({
  options: { write: { type: 'boolean' }, rounds: { type: 'string', default: '25' } },
})
const text = `${about(values.rounds)}\n\n${table(HEAD, linesOf(measure(Number(values.rounds))))}`
process.stdout.write(`${text}\n`)
if (values.write) writeFigures(PLACE, { command: COMMAND, text })

function imports(specifier, goal) {
  const loaded = loadedModules(specifier, PACKAGE)
  return {
    [`\`import '${specifier}'\``]: { args: evaluating(`import '${specifier}'`), goal, loaded },
  }
}

function evaluating(program) {
  return ['--input-type=module', '--eval', program]
}

/** For each candidate what it took in each round. A first round, which fills the caches of files, does not count. */
function measure(rounds) {
  const taken = new Map(Object.keys(CANDIDATES).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, { args }] of Object.entries(CANDIDATES)) {
      const start = timeOf(args)
      if (round > 0) taken.get(name).push(start)
    }
  }
  return taken
}

function timeOf(args) {
  const startedAt = performance.now()
  const { stderr, status } = spawnSync(process.execPath, ['--require', PRELOAD, ...args], {
    cwd: PACKAGE,
    encoding: 'utf8',
  })
  const clock = performance.now() - startedAt
  if (status !== 0) throw new Error(stderr)
  return { clock, processor: Number(stderr.slice(stderr.lastIndexOf('\n'))) / 1000 }
}

function linesOf(taken) {
  const node = taken.get(NODE).map(({ processor }) => processor)
  return [...taken].map(([name, starts]) => {
    const { loaded, goal } = CANDIDATES[name]
    const processor = starts.map((start) => start.processor)
    const isNode = name === NODE
    return [
      name,
      loaded ? String(loaded.files.length) : '',
      loaded ? (loaded.bytes / 1000).toFixed(0) : '',
      spread(processor, 0),
      isNode
        ? ''
        : spread(
            processor.map((ms, round) => ms - node[round]),
            0,
          ),
      isNode
        ? ''
        : spread(
            processor.map((ms, round) => ms / node[round]),
            2,
          ),
      spread(
        starts.map(({ clock }) => clock),
        0,
      ),
      goal,
    ]
  })
}

/** The median, and in brackets the least and the most. */
function spread(values, digits) {
  const sorted = values.toSorted((a, b) => a - b)
  const [least, median, most] = [0, sorted.length >> 1, sorted.length - 1].map((index) =>
    sorted[index].toFixed(digits),
  )
  return `${median} (${least}–${most})`
}

function about(rounds) {
  const date = new Date().toISOString().slice(0, 10)
  const cpu = `${cpus().length} × ${cpus()[0]?.model}`
  return `Measured on ${date}: ${cpu}, Node ${process.versions.node}; ${rounds} rounds; load of the machine ${loadavg()[0].toFixed(1)} at the start.`
}
