// A herd of a million clients, with and without an outage. See docs/scale.md for what it shows.
//
//   node bench/herd.mjs [--quick] [--write]
//
// `--write` puts the figures and the drawing into docs/scale.md.
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
// @boundaries-ignore the benches of all packages write their figures in one way
import { writeFigures } from '../../core/bench/figures.mjs'
// @boundaries-ignore and their tables
import { table } from '../../core/bench/report.mjs'
import { runHerd } from './herd/mass.mjs'
import { plotArrivals } from './herd/plot.mjs'
import { loadRenewer } from './herd/renewer-source.mjs'
import { atMost15Seconds, overWhatIsLeft } from './herd/retry-rules.mjs'
import { runSample } from './herd/sample.mjs'
import { requestsInStays } from './herd/stays.mjs'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const COMMAND = 'node packages/client-renewer/bench/herd.mjs --write'
const IMAGES = new URL('../../../docs/images/', import.meta.url)
const isQuick = process.argv.includes('--quick')
const renewer = await loadRenewer()
const { renewalDelay, retryDelay } = renewer

const scale = isQuick ? 50 : 1
const base = {
  clients: 1_000_000 / scale,
  joinMs: MINUTE,
  lifeMs: HOUR,
  capacity: 2_000 / scale,
  horizonMs: 65 * MINUTE,
  retryAfterMs: undefined,
}
const RULES = { 'at most 15 s': atMost15Seconds, 'over what is left': overWhatIsLeft }
/** When the first renewal of a session comes: as the renewer has it, and as any later one, as it was before. */
const FIRST = { wide: renewalDelay, narrow: (lifeMs, random) => renewalDelay(lifeMs, random) }
const OUTAGES = [
  [42, 52],
  [45, 55],
]
// Also when more first renewals are due, and second ones, than at any other time.
const ALL_OUTAGES = [...OUTAGES, [25, 35], [30, 40], [35, 45], [75, 85]]

const about = `Measured on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, ${cpus()[0]?.model}; ${base.clients} clients, ${base.capacity} answers a second. The numbers are counted, not timed, and the same in each run.`
print(`${about}\nthe renewer's own retryDelay is: ${nameOfOwnRule()}`)
/** What the drawings show. */
const drawn = { first: [], retries: [] }
const sections = {
  'herd first': tell('herd first', firstRenewals()),
  'herd steady': tell('herd steady', steadyLoad()),
  'herd retries': tell('herd retries', retryRules()),
  'herd renewers': tell('herd renewers', await compareWithRenewers()),
}
if (process.argv.includes('--write')) write()

/** The herd with the first renewals as they were and as they are, for longer, so that second ones are in it. */
function firstRenewals() {
  const plan = { horizonMs: 150 * MINUTE, retryDelay: overWhatIsLeft }
  const lines = []
  for (const first of Object.keys(FIRST)) {
    for (const outage of [undefined, ...ALL_OUTAGES]) {
      const end = run({ ...plan, first, outage })
      if (!outage) drawn.first.push({ name: `first renewals ${first}`, ...end })
      lines.push([first, end.outage, ...figures(end)])
    }
  }
  return table(
    ['first renewals', 'outage, min', 'lost', 'peak after ÷ capacity', 'requests per client'],
    lines,
  )
}

/** How many requests the wide first renewal costs those who stay, and those who come and go. */
function steadyLoad() {
  const random = seeded(4)
  const average = (hours) => () => -hours * HOUR * Math.log(1 - random())
  const stays = {
    'a day': () => 24 * HOUR,
    '8 hours on average': average(8),
    'an hour on average': average(1),
  }
  const lines = Object.entries(stays).map(([stay, lengthOf]) => {
    const count = (delay) => requestsInStays({ ...base, renewalDelay: delay, random }, lengthOf)
    const [narrow, wide] = [count(FIRST.narrow), count(FIRST.wide)]
    return [stay, each(narrow, 2), each(wide, 2), `${(100 * (wide / narrow - 1)).toFixed(1)} %`]
  })
  return table(['stay', 'requests, narrow', 'wide', 'more'], lines)
}

/** Why retries are spread over what is left: the rules with all renewals within three minutes. */
function retryRules() {
  const none = { renewalRandom: () => 0 }
  const jitters = { both: {}, 'retries only': none, none: { ...none, random: () => 0.5 } }
  const [first, second] = OUTAGES
  const cases = Object.keys(RULES).flatMap((rule) => [
    { rule, outage: first, jitter: 'both' },
    { rule, outage: first, jitter: 'both', seconds: 30 },
    { rule, outage: first, jitter: 'retries only' },
    { rule, outage: first, jitter: 'none', seconds: 30 },
  ])
  cases.push({ rule: 'over what is left', outage: second, jitter: 'both' })
  cases.push({ rule: 'over what is left', outage: second, jitter: 'both', seconds: 30 })
  const lines = []
  for (const { rule, outage, jitter, seconds } of cases) {
    const plan = { first: 'narrow', outage, retryDelay: RULES[rule] }
    const retryAfterMs = seconds && seconds * 1000
    const end = run({ ...plan, retryAfterMs, ...jitters[jitter] })
    const isDrawn = jitter === 'both' && !seconds && outage === first
    if (isDrawn) drawn.retries.push({ name: `retries ${rule}`, ...end })
    const asked = seconds ? `${seconds} s` : 'none'
    lines.push([rule, end.outage, jitter, asked, ...figures(end)])
  }
  const asked = ['retries', 'outage, min', 'jitter', 'Retry-After']
  return table([...asked, 'lost', 'peak after ÷ capacity', 'requests per client'], lines)
}

function run({ first, outage = [0, 0], ...plan }) {
  const random = seeded(1)
  const minutes = { outage: outage.map((minute) => minute * MINUTE), renewalDelay: FIRST[first] }
  const end = runHerd({ random, renewalRandom: random, ...base, ...minutes, ...plan })
  return { ...end, outage: outage[1] === 0 ? 'none' : outage.join('–') }
}

function figures({ lost, peakAfter, total }) {
  const share = lost === 0 ? '0' : `${lost} (${((100 * lost) / base.clients).toPrecision(2)} %)`
  const peak = (peakAfter / base.capacity).toFixed(2)
  return [share, peak, each(total, 1)]
}

function each(total, digits) {
  return (total / base.clients).toFixed(digits)
}

/** The same small herd twice: real renewers, and the numbers that stand for them. */
async function compareWithRenewers() {
  const clients = isQuick ? 500 : 2_000
  const small = {
    ...base,
    clients,
    capacity: (2_000 * clients) / 1_000_000,
    retryDelay,
    renewalDelay,
  }
  // When many wide first renewals are due, so that many have to try again.
  const outage = [30 * MINUTE, 40 * MINUTE]
  const lines = []
  for (const [asked, retryAfterMs] of Object.entries({ none: undefined, '30 s': 30_000 })) {
    const seeds = () => ({ random: seeded(2), renewalRandom: seeded(3) })
    const real = await runSample({ ...small, ...seeds(), outage, retryAfterMs }, renewer)
    const numbers = runHerd({ ...small, ...seeds(), outage, retryAfterMs })
    lines.push([asked, `${real.lost}, ${numbers.lost}`, `${real.total}, ${numbers.total}`])
  }
  return table(['Retry-After', 'lost: real, simulated', 'requests: real, simulated'], lines)
}

function tell(name, text) {
  print(`\n${name}\n\n${text}`)
  return text
}

function write() {
  for (const [name, text] of Object.entries({ 'herd about': about, ...sections })) {
    writeFigures({ document: 'docs/scale.md', name }, { command: COMMAND, text })
  }
  draw('herd-first.svg', drawn.first, { fromMs: 20 * MINUTE, toMs: 100 * MINUTE })
  const outage = OUTAGES[0].map((minute) => minute * MINUTE)
  draw('herd.svg', drawn.retries, { fromMs: 40 * MINUTE, toMs: base.horizonMs, outage })
}

function draw(file, curves, plan) {
  writeFileSync(new URL(file, IMAGES), plotArrivals({ ...plan, curves, capacity: base.capacity }))
}

function nameOfOwnRule() {
  const situations = [1, 3, 9].flatMap((attempt) =>
    [-5_000, 3_000, 60_000, 900_000].flatMap((remainingMs) =>
      [undefined, 30_000].map((retryAfterMs) => ({
        attempt,
        remainingMs,
        error: { retryAfterMs },
        random: 0.7,
      })),
    ),
  )
  const same = Object.entries(RULES).find(([, rule]) =>
    situations.every((it) => Math.abs(rule(it) - retryDelay(it)) < 1),
  )
  return same?.[0] ?? 'another one'
}

/** A small generator of numbers from 0 up to 1 (mulberry32), so that each run is the same. */
function seeded(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function print(text) {
  process.stdout.write(`${text}\n`)
}
