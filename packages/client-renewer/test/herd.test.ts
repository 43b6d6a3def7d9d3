import { describe, expect, it } from 'vitest'
import { renewalDelay } from '../src/timing/renewal-delay.ts'

// The bench is plain JavaScript; this is all that is used of it.
interface HerdEnd {
  readonly lost: number
  readonly peakAfter: number
}
type Load = <Module>(file: string) => Promise<Module>
const load: Load = async (file) => import(new URL(`../bench/herd/${file}`, import.meta.url).href)
const { runHerd } = await load<{ readonly runHerd: (herd: object) => HerdEnd }>('mass.mjs')
const rules = await load<Readonly<Record<'overWhatIsLeft', unknown>>>('retry-rules.mjs')

const MINUTE = 60_000
const CAPACITY = 100

function seeded(): () => number {
  let state = 1
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

describe('a herd that waits over what is left', () => {
  it.each([undefined, 30_000])(
    'loses no client in an outage, with Retry-After %s',
    (retryAfterMs) => {
      const random = seeded()
      const { lost, peakAfter } = runHerd({
        clients: 40_000,
        joinMs: MINUTE,
        lifeMs: 60 * MINUTE,
        capacity: CAPACITY,
        outage: [42 * MINUTE, 52 * MINUTE],
        horizonMs: 65 * MINUTE,
        retryAfterMs,
        renewalDelay,
        retryDelay: rules.overWhatIsLeft,
        random,
        renewalRandom: random,
      })
      expect(lost).toBe(0)
      expect(peakAfter).toBeLessThanOrEqual(2 * CAPACITY)
    },
  )
})
