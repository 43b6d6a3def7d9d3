import { describe, expect, it, vi } from 'vitest'

import { allow } from '../index.ts'
import { testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'
import { memoryRemovals } from './memory-removals.ts'
import { RemovalGuard } from './removal-guard.ts'
import type { Removals } from './removals.ts'

const WISH = { services: ['rtc'], channel: 'room-42', identity: { uid: 7 } } as const
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Removals outside of the process, each answered in a later turn, and how often they were asked. */
function removalsAfar() {
  const { local: _local, ...kept } = memoryRemovals()
  const has = vi.fn<Removals['has']>(async (keys) => {
    await nextTurn()
    return kept.has(keys)
  })
  return { ...kept, has, asked: () => has.mock.calls.map(([keys]) => keys.length) }
}

function guardOf(store: Removals) {
  const time = { now: 0 }
  const guard = new RemovalGuard(store, {
    onStoreError: 'deny',
    timeoutMs: 60_000,
    clock: () => time.now,
    onError: (error) => expect.unreachable(String(error)),
  })
  return { guard, time, watch: guard.watch('alice') }
}

describe('the second look-up of a request', () => {
  it('is not needed in the turn of the event loop in which the first was answered', async () => {
    const removals = removalsAfar()
    const { watch } = guardOf(removals)
    await watch.refuseRemoved(WISH)
    expect(watch.refuseRemoved(WISH)).toBeUndefined()
    expect(removals.asked()).toEqual([6])
  })

  it('asks again in a later turn, and sees a removal that another process made in between', async () => {
    const removals = removalsAfar()
    const { watch } = guardOf(removals)
    await watch.refuseRemoved(WISH)
    removals.add([removals.has.mock.calls[0]?.[0][0] ?? ''], 60)
    await nextTurn()
    await expect(watch.refuseRemoved(WISH)).rejects.toMatchObject({ code: 'removed' })
  })

  it('asks again when the turn has taken long', async () => {
    const removals = removalsAfar()
    const { watch, time } = guardOf(removals)
    await watch.refuseRemoved(WISH)
    time.now += 10
    await watch.refuseRemoved(WISH)
    expect(removals.asked()).toEqual([6, 6])
  })

  it('asks again when this process has removed a user', async () => {
    const removals = removalsAfar()
    const { watch, guard } = guardOf(removals)
    await watch.refuseRemoved(WISH)
    await guard.add([removals.has.mock.calls[0]?.[0][0] ?? ''], 60)
    await expect(watch.refuseRemoved(WISH)).rejects.toMatchObject({ code: 'removed' })
  })

  it.each([
    ['of the user, whom the policy chose', { identity: { uid: 8 } }, 3],
    ['of both, for another channel', { channel: 'lobby' }, 6],
    ['of both, for other services', { services: ['rtm'] as const, channel: '' }, 4],
  ])('asks %s', async (_what, changes, keys) => {
    const removals = removalsAfar()
    const { watch } = guardOf(removals)
    await watch.refuseRemoved(WISH)
    await watch.refuseRemoved({ ...WISH, ...changes })
    expect(removals.asked()).toEqual([6, keys])
  })

  it.each([
    ['waits for nothing', () => allow(), [6]],
    ['waits', () => nextTurn().then(() => allow()), [6, 6]],
  ])('of a handler whose policy %s', async (_what, authorize, asked) => {
    const removals = removalsAfar()
    const { handler } = testEndpoint({ removals, authorize })
    expect((await handler.respond(tokenRequest())).status).toBe(200)
    expect(removals.asked()).toEqual(asked)
  })
})
