import { describe, expect, it, vi } from 'vitest'

import { expectProblem, testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'
import { memoryRemovals } from './memory-removals.ts'
import { createRemovalGuard, RemovalGuard } from './removal-guard.ts'
import type { Removals } from './removals.ts'

const WISH = { services: ['rtc'], channel: 'room-42', identity: { uid: 7 } } as const
const UNAVAILABLE = { code: 'removals_unavailable', status: 503 }
const broken = (): never => {
  throw new Error('the store is on fire')
}
const onError = (error: unknown) => expect.unreachable(String(error))
const none = (keys: readonly string[]): boolean[] => keys.map(() => false)
const hanging = () => new Promise<never>(() => {})

function storeThat(has: Removals['has'], rest: Partial<Removals> = {}): Removals {
  return { has, add: () => {}, delete: () => false, ...rest }
}

describe('a store of removals that fails', () => {
  it.each<[string, Removals['has']]>([
    ['throws', broken],
    ['rejects', () => Promise.reject(new Error('down'))],
    ['hangs', hanging],
    ['answers nothing', () => undefined as never],
    ['answers a number', () => Promise.resolve(0 as never)],
    ['answers numbers', (keys) => keys.map(() => 0 as never)],
    ['answers of fewer keys', () => []],
    ['answers of more keys', (keys) => [...keys, ''].map(() => false)],
  ])('refuses every token when it %s', async (_what, has) => {
    const { handler, failures } = testEndpoint({ removals: storeThat(has, { timeoutMs: 10 }) })
    await expectProblem(handler, tokenRequest(), 'removals_unavailable')
    expect(failures.map(({ error }) => String(error))).toContain(
      'RemovalsFailure: removals: the store fails',
    )
    expect(await handler.readiness()).toMatchObject({ status: 'unready', removals: 'failing' })
  })

  it('refuses none where the app says so', async () => {
    const removals = storeThat(broken, { onStoreError: 'allow' })
    const { handler } = testEndpoint({ removals })
    expect((await handler.respond(tokenRequest())).status).toBe(200)
    expect(await handler.readiness()).toMatchObject({ status: 'ready', removals: 'failing' })
  })

  it('is not asked for a pause, then by one request, and by all when it answers', () => {
    let now = 0
    const has = vi.fn<Removals['has']>(broken)
    const settings = { onStoreError: 'deny', timeoutMs: 250, clock: () => now } as const
    const store = storeThat(has, { local: true })
    const told = vi.fn()
    const guard = new RemovalGuard(store, { ...settings, onError: told })
    const ask = () => guard.watch(undefined).refuseRemoved(WISH)
    for (now of [0, 1, 249])
      expect(ask).toThrow(expect.objectContaining({ code: UNAVAILABLE.code }))
    expect(has).toHaveBeenCalledTimes(1)
    expect(told).toHaveBeenCalledTimes(1)
    now = 250
    has.mockImplementation(none)
    has.mockClear()
    expect(ask).not.toThrow()
    expect(ask).not.toThrow()
    expect(has).toHaveBeenCalledTimes(2)
  })

  it('gets no name of a user, only hashes', async () => {
    const has = vi.fn<Removals['has']>(none)
    const { handler } = testEndpoint({ removals: storeThat(has) })
    await handler.respond(tokenRequest({ channel: 'room-42', account: 'anna@example.com' }))
    const keys = has.mock.calls.flat(2)
    expect(keys).toHaveLength(6)
    for (const key of keys) expect(key).toMatch(/^[^/]+\/(subject|user):[0-9a-f]{32}$/)
  })
})

describe('a store of removals that answers', () => {
  it('is reported as ready, and asked once a second for that', async () => {
    const has = vi.fn<Removals['has']>(async (keys) => none(keys))
    const guard = createRemovalGuard(storeThat(has), onError)
    expect([await guard.isReachable(), await guard.isReachable()]).toEqual([true, true])
    expect(has).toHaveBeenCalledTimes(1)
  })

  it('answers a request at once when it is in this process', () => {
    const guard = createRemovalGuard(memoryRemovals(), onError)
    expect(guard.watch('alice').refuseRemoved(WISH)).toBeUndefined()
  })
})

describe('memoryRemovals', () => {
  it('forgets what has ended, however much there was', () => {
    let now = 0
    const removals = memoryRemovals({ clock: () => now })
    const sizes = vi.spyOn(Map.prototype, 'delete')
    for (let each = 0; each < 1000; each += 1) removals.add([`key ${each}`], 1)
    expect(sizes).not.toHaveBeenCalled()
    now = 1000
    removals.add(['last'], 1)
    expect(sizes).toHaveBeenCalledTimes(1000)
    sizes.mockRestore()
    expect(removals.has(['key 7', 'last'])).toEqual([false, true])
  })
})
