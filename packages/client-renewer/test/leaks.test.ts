import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createRenewer } from '../src/index.ts'
import { session } from './support/session.ts'

const CYCLES = 1000

describe('a thousand renewers, started and disposed on one client,', () => {
  it('leave no listener, no timer and no object', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const { client, device, adapter, clock } = session()
    await client.join('', 'room', 'token', 4711)
    const renewers: WeakRef<object>[] = []
    for (let i = 0; i < CYCLES; i++) renewers.push(await cycle())
    expect([client.listenerCount, device.listenerCount, clock.timers]).toEqual([0, 0, 0])
    const left = () => renewers.filter((it) => it.deref() !== undefined).length
    for (let turn = 0; turn < 10 && left() > 0; turn++) {
      // What was looked at in this turn stays until its end.
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      collect()
    }
    expect(left()).toBe(0)

    async function cycle(): Promise<WeakRef<object>> {
      const source = async () => '008token'
      const renewer = createRenewer(adapter, { source, clock, lifecycle: device })
      renewer.on('phase', () => {})
      renewer.start(firstToken(renewers.length))
      await clock.advance(0)
      renewer.dispose()
      return new WeakRef(renewer)
    }
  })
})

/** Every second one begins with a fetch, every other one with a countdown. */
function firstToken(count: number): { token: string; expiresIn: number } | undefined {
  return count % 2 === 0 ? undefined : { token: '008first', expiresIn: 3600 }
}
