// A herd of a million clients through an outage. See docs/scale.md for what it shows.
//
//   node bench/herd.mjs [--quick] [--svg FILE]
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { runHerd } from './herd/mass.mjs'
import { plotArrivals } from './herd/plot.mjs'
import { loadRenewer } from './herd/renewer-source.mjs'
import { atMost15Seconds, overWhatIsLeft } from './herd/retry-rules.mjs'
import { runSample } from './herd/sample.mjs'

const MINUTE = 60_000
const isQuick = process.argv.includes('--quick')
const svgFile = process.argv[process.argv.indexOf('--svg') + 1]
const renewer = await loadRenewer()
const { renewalDelay, retryDelay } = renewer

const scale = isQuick ? 50 : 1
const base = {
  clients: 1_000_000 / scale,
  joinMs: MINUTE,
  lifeMs: 60 * MINUTE,
  capacity: 2_000 / scale,
  // From when the first renewals fall due.
  outage: [42 * MINUTE, 52 * MINUTE],
  horizonMs: 65 * MINUTE,
  retryAfterMs: undefined,
  renewalDelay,
}
const RULES = { 'at most 15 s': atMost15Seconds, 'over what is left': overWhatIsLeft }
const asked = { retryAfterMs: 30_000 }
const early = { outage: [0, 0] }
const late = { outage: [45 * MINUTE, 55 * MINUTE] }

const rows = [
  ...Object.entries(RULES).flatMap(([rule, delay]) => [
    row(rule, 'both', 'none', { retryDelay: delay }),
    row(rule, 'both', '30 s', { retryDelay: delay, ...asked }),
    row(rule, 'retries only', 'none', { retryDelay: delay, renewalRandom: () => 0 }),
    row(rule, 'none', '30 s', {
      retryDelay: delay,
      renewalRandom: () => 0,
      random: () => 0.5,
      ...asked,
    }),
  ]),
  row('over what is left', 'both', 'none', { retryDelay: overWhatIsLeft, ...late }, '45–55'),
  row(
    'over what is left',
    'both',
    '30 s',
    { retryDelay: overWhatIsLeft, ...late, ...asked },
    '45–55',
  ),
  row('over what is left', 'both', 'none', { retryDelay: overWhatIsLeft, ...early }, 'no outage'),
]

print(`${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus()[0]?.model}`)
print(`${base.clients} clients, ${base.capacity} answers a second`)
print(`the renewer's own retryDelay is: ${nameOfOwnRule()}\n`)
print(
  '| retries | outage, min | jitter | Retry-After | lost | peak after ÷ capacity | requests per client |',
)
print('| --- | --- | --- | --- | --- | --- | --- |')
for (const it of rows) report(it)
await compareWithRenewers()
if (process.argv.includes('--svg')) await writeFile(svgFile, plot())

function row(rule, jitter, retryAfter, options, minutes = '42–52') {
  const random = seeded(1)
  return {
    rule,
    jitter,
    retryAfter,
    minutes,
    herd: { random, renewalRandom: random, ...base, ...options },
  }
}

function report(it) {
  const { rule, minutes, jitter, retryAfter, herd } = it
  it.end = runHerd(herd)
  const { lost, peakAfter, total } = it.end
  const peak = (peakAfter / herd.capacity).toFixed(2)
  const share = lost === 0 ? '0' : `${lost} (${((100 * lost) / herd.clients).toPrecision(2)} %)`
  const each = (total / herd.clients).toFixed(1)
  print(`| ${rule} | ${minutes} | ${jitter} | ${retryAfter} | ${share} | ${peak} | ${each} |`)
}

/** The same small herd twice: real renewers, and the numbers that stand for them. */
async function compareWithRenewers() {
  const small = { ...base, clients: isQuick ? 500 : 2_000, retryDelay }
  small.capacity = (2_000 * small.clients) / 1_000_000
  const seed = () => ({ ...small, random: seeded(2), renewalRandom: seeded(3) })
  const real = await runSample(seed(), renewer)
  const numbers = runHerd(seed())
  print(
    `\n${small.clients} clients at ${small.capacity} answers a second, with the renewer's own retryDelay:`,
  )
  print(`real renewers: ${real.lost} lost, ${real.total} requests`)
  print(`as numbers: ${numbers.lost} lost, ${numbers.total} requests`)
}

function plot() {
  const shown = rows.filter(
    ({ jitter, retryAfter, minutes }) =>
      jitter === 'both' && retryAfter === 'none' && minutes === '42–52',
  )
  const curves = shown.map(({ rule, end }) => ({ name: `retries ${rule}`, arrivals: end.arrivals }))
  const { capacity, outage, horizonMs } = base
  return plotArrivals({ capacity, outage, fromMs: 40 * MINUTE, toMs: horizonMs, curves })
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
