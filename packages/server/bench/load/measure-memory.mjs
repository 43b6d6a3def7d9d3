import { ask } from './start-process.mjs'
import { median, slope } from './statistics.mjs'
import { PATH } from './wish.mjs'

const SAMPLES = 30
const MEBIBYTE = 2 ** 20

/**
 * What a server holds while it is under load, collected before each look, and how it grows. The first
 * third is the time in which pools and caches fill.
 *
 * @param {import('node:child_process').ChildProcess} load
 * @param {import('./start-servers.mjs').RunningServer} server
 * @param {{ seconds: number, connections: number }} plan
 */
export async function measureMemory(load, { child, url, name }, { seconds, connections }) {
  const samples = [await look(child, 0)]
  let requests = 0
  for (let i = 1; i <= SAMPLES; i++) {
    const round = { url: url + PATH, seconds: Math.ceil(seconds / SAMPLES), connections }
    requests += (await ask(load, round)).requests
    samples.push(await look(child, (i * seconds) / SAMPLES / 60))
  }
  const settled = samples.slice(SAMPLES / 3)
  const perMinute = (figure) => slope(settled.map((s) => ({ x: s.minute, y: s[figure] })))
  return {
    name,
    seconds,
    requests,
    start: samples[0],
    end: samples.at(-1),
    settled: { rss: median(settled.map((s) => s.rss)), heap: median(settled.map((s) => s.heap)) },
    growthPerMinute: { rss: perMinute('rss'), heap: perMinute('heap') },
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} minute
 */
async function look(child, minute) {
  const { rss, heapUsed } = await ask(child, { collect: true })
  return { minute, rss: rss / MEBIBYTE, heap: heapUsed / MEBIBYTE }
}
