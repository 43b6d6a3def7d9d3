// Tokens live as short as this machine bears, judged by what pages have just taken to join: the browser tests
// run beside all others.

/** A quarter of it is a whole number of seconds, which the page's switches can be set to. */
const LIFE_STEP_SECONDS = 4
const LEAST_LIFE_SECONDS = 12
/** Of the slowest join: it leaves a step of a scenario time when the machine is twice as slow by then. */
const JOINS_PER_LIFE = 4
const REMEMBERED_JOINS = 6

const joins: number[] = []

/** Remembers how many seconds a page has taken to join. */
export function noteJoin(seconds: number): void {
  joins.push(seconds)
  if (joins.length > REMEMBERED_JOINS) joins.shift()
}

/** How many seconds tokens are to live in a test that begins now. */
export function lifeNow(): number {
  const steps = Math.ceil((JOINS_PER_LIFE * Math.max(0, ...joins)) / LIFE_STEP_SECONDS)
  return Math.max(LEAST_LIFE_SECONDS, steps * LIFE_STEP_SECONDS)
}
