import { expect, it } from 'vitest'

import { createLimitGuard } from '../limit/limit-guard.ts'
import { memoryLimiter } from '../limit/memory-limiter.ts'
import type { RateLimiter } from '../limit/rate-limiter.ts'
import { createPhaseTimer } from '../telemetry/phase-timer.ts'
import { type Counting, countRequest } from './count-request.ts'

const memory = memoryLimiter({ name: 'ip', limit: 1, windowSeconds: 60 })
const remote: RateLimiter = { consume: async (key) => memory.consume(key) }

/** Counts by address with a limit of one request. */
function counter(perIp: RateLimiter, key: string) {
  const limits = createLimitGuard({ perIp, onError: () => {} })
  const state: Counting = { timer: createPhaseTimer(undefined), limits: [], limitWaitMs: 0 }
  return { state, count: () => countRequest({ limits }, state, 'ip', key) }
}

it('counts at once where the limiter answers at once', () => {
  const { state, count } = counter(memory, '192.0.2.1')
  expect(count()).toBeUndefined()
  expect(state.limits).toMatchObject([{ ok: true, remaining: 0 }])
  expect(count).toThrow('rate_limited')
})

it('waits for a limiter that does not', async () => {
  const { state, count } = counter(remote, '192.0.2.2')
  await expect(count()).resolves.toBeUndefined()
  expect(state.limits).toMatchObject([{ ok: true, remaining: 0 }])
  await expect(count()).rejects.toThrow('rate_limited')
})
