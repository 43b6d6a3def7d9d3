import type { Page } from 'playwright-core'
import type { TestOptions } from 'vitest'

// Tokens live as short as this machine bears, judged by what pages have just taken to join and to answer: the
// browser tests run beside all others.

/** A quarter of it is a whole number of seconds, which the page's switches can be set to. */
const LIFE_STEP_SECONDS = 4
const LEAST_LIFE_SECONDS = 12
/** Three lives and what stands around them fit into the time limit of a test. */
const LONGEST_LIFE_SECONDS = 40
/** Of the slowest join: it leaves a step of a scenario time when the machine is twice as slow by then. */
const JOINS_PER_LIFE = 4
/** Of the slowest answer: three of them fit between a warning and the end, which is a quarter of a life. */
const ANSWERS_PER_LIFE = 12
const ASK_EVERY_MS = 500
const REMEMBERED = 6
const REMEMBERED_MS = 120_000

const joins: number[] = []
const slowAnswers: { readonly seconds: number; readonly at: number }[] = []

/** Remembers how many seconds a page has taken to join. */
export function noteJoin(seconds: number): void {
  joins.push(seconds)
  if (joins.length > REMEMBERED) joins.shift()
}

/** Asks the page again and again, until it is closed, and remembers when it answers late. */
export async function noteAnswers(page: Page): Promise<void> {
  while (!page.isClosed()) {
    const at = performance.now()
    await page.evaluate(() => undefined).catch(() => undefined)
    const seconds = (performance.now() - at) / 1000
    if (ANSWERS_PER_LIFE * seconds > LEAST_LIFE_SECONDS) slowAnswers.push({ seconds, at })
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
}

/** How many seconds tokens are to live in a test that begins now. */
export function lifeNow(): number {
  const slowest = Math.max(
    JOINS_PER_LIFE * Math.max(0, ...joins),
    ANSWERS_PER_LIFE * Math.max(0, ...lately()),
  )
  const life = Math.ceil(slowest / LIFE_STEP_SECONDS) * LIFE_STEP_SECONDS
  return Math.min(LONGEST_LIFE_SECONDS, Math.max(LEAST_LIFE_SECONDS, life))
}

const LATE = 'While this test failed, pages answered late'

/**
 * For tests with short lives: what fails while pages answer late is tried again, with longer lives. Where they
 * answer in time, it has failed. Vitest drops a condition that is a function, hence `expectInTime`.
 */
export const whenLate: TestOptions = { retry: { count: 2, condition: new RegExp(`^${LATE}`) } }

/** After each test that failed: adds that pages answered late, if they did. */
export function expectInTime(): void {
  if (lately().length > 0)
    throw new Error(`${LATE}: ${Math.max(...lately()).toFixed(1)} s at worst`)
}

function lately(): readonly number[] {
  const since = performance.now() - REMEMBERED_MS
  while (slowAnswers[0] && slowAnswers[0].at < since) slowAnswers.shift()
  return slowAnswers.map(({ seconds }) => seconds)
}
