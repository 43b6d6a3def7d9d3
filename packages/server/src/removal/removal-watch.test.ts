import { describe, expect, it, vi } from 'vitest'

import { allow } from '../index.ts'
import { testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'
import { memoryRemovals } from './memory-removals.ts'
import { keysOfRemoval, subjectName, userName } from './removal-keys.ts'
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

/** A store that answers the first question when it is told to. */
function hangingOnce() {
  let answer = () => {}
  const has = vi
    .fn<Removals['has']>(async (keys) => keys.map(() => false))
    .mockImplementationOnce(
      (keys) => new Promise((resolve) => (answer = () => resolve(keys.map(() => false)))),
    )
  return { has, answer: () => answer() }
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
    ['for another user, whom the policy chose', { identity: { uid: 8 } }, 6],
    ['for another channel', { channel: 'lobby' }, 6],
    ['for other services', { services: ['rtm'] as const, channel: '' }, 4],
  ])('asks of the caller and the user %s', async (_what, changes, keys) => {
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

describe('a wish without a user', () => {
  const { identity: _none, ...wish } = WISH
  const own = { ...wish, identity: { account: 'alice' } }

  it('asks for the id of its caller as well, so that a policy which grants that asks no more', async () => {
    const removals = removalsAfar()
    const { watch } = guardOf(removals)
    await watch.refuseRemoved(wish)
    expect(watch.refuseRemoved(own)).toBeUndefined()
    expect(removals.asked()).toEqual([6])
  })

  it('is refused for a user of that name only when the policy chooses that user', async () => {
    const removals = removalsAfar()
    removals.add(keysOfRemoval(userName('alice', false), {}), 60)
    const { guard } = guardOf(removals)
    const [other, same] = [guard.watch('alice'), guard.watch('alice')]
    await Promise.all([other.refuseRemoved(wish), same.refuseRemoved(wish)])
    await other.refuseRemoved({ ...wish, identity: { uid: 7 } })
    await same.refuseRemoved(wish)
    await expect(same.refuseRemoved(own)).rejects.toMatchObject({ code: 'removed' })
  })

  it('is refused when its caller is removed', async () => {
    const removals = removalsAfar()
    removals.add(keysOfRemoval(subjectName('alice', false), {}), 60)
    await expect(guardOf(removals).watch.refuseRemoved(wish)).rejects.toMatchObject({
      code: 'removed',
    })
  })

  it('asks no more than that of a caller without an id', async () => {
    const removals = removalsAfar()
    const { guard } = guardOf(removals)
    await guard.watch(undefined).refuseRemoved(own)
    expect(guard.watch(undefined).refuseRemoved(wish)).toBeUndefined()
    expect(removals.asked()).toEqual([3])
  })
})

describe('look-ups of many requests', () => {
  it('are answered each for itself, in whatever turn they came', async () => {
    const removals = removalsAfar()
    const { guard } = guardOf(removals)
    const removed = [1, 2, 40, 79, 80]
    for (const uid of removed) removals.add(keysOfRemoval(userName(`${uid}`, false), {}), 60)
    const look = async (uid: number): Promise<number[]> => {
      if (uid > 40) await nextTurn()
      const refusal = guard.watch('bob').refuseRemoved({ ...WISH, identity: { uid } })
      return Promise.resolve(refusal).then(
        () => [],
        () => [uid],
      )
    }
    const refused = await Promise.all(Array.from({ length: 80 }, (_, at) => look(at + 1)))
    expect(refused.flat()).toEqual(removed)
  })

  it('do not wait for the answers of others', async () => {
    const { has, answer } = hangingOnce()
    const { guard } = guardOf({ ...removalsAfar(), has })
    const other = guard.watch('bob').refuseRemoved(WISH)
    await nextTurn()
    await guard.watch('alice').refuseRemoved(WISH)
    answer()
    await other
  })
})
