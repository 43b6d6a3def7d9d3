/**
 * The middle value: what else the machine does moves it less than a mean.
 *
 * @param {readonly number[]} values
 */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

/**
 * The growth of `y` for each 1 of `x`, by least squares.
 *
 * @param {readonly { readonly x: number, readonly y: number }[]} points
 */
export function slope(points) {
  const meanX = sum(points.map(({ x }) => x)) / points.length
  const meanY = sum(points.map(({ y }) => y)) / points.length
  const shared = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY)))
  return shared / sum(points.map(({ x }) => (x - meanX) ** 2))
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0)
}
