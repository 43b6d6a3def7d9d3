import { setTimeout as wait } from 'node:timers/promises'
import { launchChromium } from '@rtc-token/chromium'
import type { Observation } from '@rtc-token/edge'
import { bundlePage } from '../support/page-bundle.ts'
import { openScene, type Scene } from '../support/scene.ts'
import { createOutages, type Outages } from './outages.ts'
import { seededRandom } from './seeded-random.ts'
import { createVandal } from './vandal.ts'

/** How a soak runs. */
export interface SoakOptions {
  readonly minutes: number
  /** The same seed gives the same switches in the same order. */
  readonly seed: number
  /** Receives each line of progress. */
  readonly tell: (line: string) => void
}

/** What a soak has seen. */
export interface SoakResult {
  readonly turns: number
  readonly renewals: number
  /** How often a user fell out while something stood in the way of the renewal. */
  readonly excused: number
  /** How often a user fell out for no such reason. 0 is expected. */
  readonly violations: readonly string[]
  /** How often the SDK gave a session up, so that the user had to join again. */
  readonly losses: number
  /** Whether everybody was in the channel, and renewed, after all was mended. */
  readonly isHealed: boolean
}

/** A user fell out of the channel: seen by the edge, or on the page. */
interface Fall {
  readonly at: number
  readonly type: Observation['type'] | 'lost'
  readonly uid: number | string
}

const TTL_SECONDS = 10
/** The server's `renewIn` leaves half of so short a life, and jitter may make that a fifth more. */
const LEAD_MS = TTL_SECONDS * 1000 * 0.5 * 1.2
/** The renewer gives a silent SDK this long after the end before it leaves and joins anew. */
const SILENCE_MS = 10_000
const SLACK_MS = 500
const SEATS = ['A', 'B']

/** Plays with the switches of the Call screen, and looks who falls out of the channel and why. */
export async function runSoak({ minutes, seed, tell }: SoakOptions): Promise<SoakResult> {
  const [browser, bundle] = await Promise.all([launchChromium(), bundlePage()])
  const scene = await openScene(browser, bundle, { ttlSeconds: TTL_SECONDS })
  try {
    await scene.press('Join', 'B')
    await scene.until('joined', SEATS.length)
    return await vandalise(scene, { minutes, seed, tell })
  } finally {
    await scene.close()
    await browser.close()
    await bundle.remove()
  }
}

async function vandalise(scene: Scene, options: SoakOptions): Promise<SoakResult> {
  const { minutes, seed, tell } = options
  const random = seededRandom(seed)
  const outages = createOutages(Date.now, SLACK_MS)
  const turnSomething = createVandal(scene, random, outages)
  const deadline = Date.now() + minutes * 60_000
  const losses: Fall[] = []
  let turns = 0
  while (Date.now() < deadline) {
    await wait(500 + random() * 5000)
    tell(await turnSomething())
    for (const fall of await joinTheLost(scene)) losses.push(fall)
    turns += 1
  }
  const falls = [...scene.seen('did-expire', 'left'), ...losses].map((fall) =>
    excuseOf(fall, outages),
  )
  return {
    turns,
    renewals: scene.seen('renewed').length,
    excused: falls.filter(({ excuses }) => excuses.length > 0).length,
    violations: falls.flatMap(({ excuses, text }) => (excuses.length > 0 ? [] : [text])),
    losses: losses.length,
    isHealed: await heal(scene),
  }
}

/** The SDK may give a session up for good; then it is for the user to join again. */
async function joinTheLost({ seat, press }: Scene): Promise<readonly Fall[]> {
  const lost: Fall[] = []
  for (const name of SEATS) {
    if (!(await seat(name).getByText('stopped', { exact: true }).isVisible())) continue
    lost.push({ at: Date.now(), type: 'lost', uid: `seat ${name}` })
    await press('Join', name)
  }
  return lost
}

function excuseOf(
  { at, type, uid }: Fall,
  outages: Outages,
): { readonly excuses: readonly string[]; readonly text: string } {
  const from = at - LEAD_MS - (type === 'did-expire' ? 0 : SILENCE_MS)
  return {
    excuses: outages.between(from, at),
    text: `${uid} ${type} at ${new Date(at).toISOString()}`,
  }
}

/** Mends everything, and waits until every seat has renewed once more. */
async function heal(scene: Scene): Promise<boolean> {
  const { page, demo, turnTokenServer, press, seen } = scene
  await turnTokenServer('Up')
  for (const pressed of await page.locator('button[aria-pressed="true"]').all())
    await pressed.click()
  await page.getByRole('group', { name: 'Clock of the edge' }).getByRole('radio').nth(1).check()
  await joinTheLost(scene)
  for (const name of SEATS) {
    const renew = scene.seat(name).getByRole('button', { name: 'Renew now' })
    if (await renew.isEnabled()) await press('Renew now', name)
  }
  const healedAt = Date.now()
  for (let waited = 0; waited < 60; waited++) {
    const renewed = seen('renewed').filter(({ at }) => at > healedAt + 1000)
    const isIn = demo.edge?.sessions().length === SEATS.length
    if (isIn && new Set(renewed.map(({ uid }) => uid)).size === SEATS.length) return true
    await wait(1000)
  }
  return false
}
