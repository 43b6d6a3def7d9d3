// Requests a second over time as an SVG, by hand: logarithmic upwards, minutes to the right.

const WIDTH = 860
const HEIGHT = 400
const LEFT = 64
const RIGHT = 16
const TOP = 56
const BOTTOM = 44
const COLOURS = ['#c2410c', '#1d4ed8', '#15803d']
const STEP_SECONDS = 5

/** @param {{ capacity: number, outage?: readonly number[], fromMs: number, toMs: number, curves: readonly { name: string, arrivals: Uint32Array }[] }} plot */
export function plotArrivals({ capacity, outage, fromMs, toMs, curves }) {
  const most = Math.max(
    ...curves.map(({ arrivals }) => arrivals.reduce((a, b) => Math.max(a, b), 1)),
  )
  const decades = Math.ceil(Math.log10(most))
  const x = (ms) => LEFT + ((ms - fromMs) / (toMs - fromMs)) * (WIDTH - LEFT - RIGHT)
  const y = (rate) =>
    HEIGHT - BOTTOM - (Math.log10(Math.max(rate, 1)) / decades) * (HEIGHT - TOP - BOTTOM)
  const scale = { x, y, fromMs, toMs, decades }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    '<title>Requests a second over time</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...(outage ? [band(scale, outage)] : []),
    ...grid(scale),
    ...capacityLine(scale, capacity),
    ...curves.flatMap((it, index) => curve(scale, it, index)),
    '</svg>',
    '',
  ].join('\n')
}

function band({ x }, [from, to]) {
  const width = round(x(to) - x(from))
  const area = `<rect x="${round(x(from))}" y="${TOP}" width="${width}" height="${HEIGHT - TOP - BOTTOM}" fill="#f1f5f9"/>`
  return `${area}<text x="${round((x(from) + x(to)) / 2)}" y="${TOP + 16}" text-anchor="middle" fill="#475569">outage</text>`
}

function* grid({ x, y, fromMs, toMs, decades }) {
  for (let decade = 0; decade <= decades; decade++) {
    const at = round(y(10 ** decade))
    yield `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" stroke="#e2e8f0"/>`
    yield `<text x="${LEFT - 8}" y="${at + 4}" text-anchor="end" fill="#475569">${10 ** decade}</text>`
  }
  const stepMs = toMs - fromMs > 1_800_000 ? 600_000 : 120_000
  for (let ms = fromMs; ms <= toMs; ms += stepMs) {
    yield `<text x="${round(x(ms))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#475569">${ms / 60_000}</text>`
  }
  yield `<text x="${WIDTH / 2}" y="${HEIGHT - 8}" text-anchor="middle" fill="#475569">minutes after the first join</text>`
  yield `<text x="${LEFT}" y="18" fill="#0f172a">requests a second</text>`
}

function* capacityLine({ y }, capacity) {
  const at = round(y(capacity))
  yield `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" stroke="#0f172a" stroke-dasharray="6 4"/>`
  yield `<text x="${LEFT + 6}" y="${at - 5}" fill="#0f172a">capacity ${capacity}/s</text>`
}

function curve({ x, y, fromMs, toMs }, { name, arrivals }, index) {
  const points = []
  for (let second = fromMs / 1000; second < toMs / 1000; second += STEP_SECONDS) {
    const part = arrivals.subarray(second, second + STEP_SECONDS)
    const rate = part.reduce((sum, count) => sum + count, 0) / STEP_SECONDS
    points.push(`${round(x(second * 1000))},${round(y(rate))}`)
  }
  const colour = COLOURS[index % COLOURS.length]
  return [
    `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
    `<text x="${LEFT + index * 250}" y="40" fill="${colour}">${name}</text>`,
  ]
}

function round(value) {
  return Math.round(value * 10) / 10
}
