import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as nextRound } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { allArrived } from './arrivals.ts'

describe('allArrived', () => {
  it('lets one who comes alone go on in the same round', async () => {
    const gone = allArrived().then(() => 'gone')
    expect(await Promise.race([gone, nextRound('left behind')])).toBe('gone')
  })

  it('lets those who come together go on together, step by step', async () => {
    const steps: string[] = []
    const go = async (name: string): Promise<void> => {
      await allArrived()
      steps.push(`${name} begins`)
      await Promise.resolve()
      steps.push(`${name} ends`)
    }
    const both = [go('one'), go('two')]
    await Promise.resolve()
    expect(steps).toEqual([])
    await Promise.all(both)
    expect(steps).toEqual(['one begins', 'two begins', 'one ends', 'two ends'])
  })

  it('lets sixteen go on at once, and the next with those who come later', async () => {
    let gone = 0
    const go = async (): Promise<void> => {
      await allArrived()
      gone++
    }
    const seventeen = Array.from({ length: 17 }, go)
    await Promise.resolve()
    await Promise.resolve()
    expect(gone).toBe(16)
    await Promise.all(seventeen)
    expect(gone).toBe(17)
  })

  it('goes on again and again', async () => {
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: 5 }, allArrived))
      await nextRound()
    }
  })

  it('leaves each in its own asynchronous context', async () => {
    const callers = new AsyncLocalStorage<number>()
    const seen = Array.from({ length: 20 }, (_, caller) =>
      callers.run(caller, async () => {
        await allArrived()
        return callers.getStore()
      }),
    )
    expect(await Promise.all(seen)).toEqual(Array.from({ length: 20 }, (_, caller) => caller))
  })
})
