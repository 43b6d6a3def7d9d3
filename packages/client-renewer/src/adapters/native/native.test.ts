import { describe, expect, it } from 'vitest'
import { request, sinkOf } from '../../../test/support/adapter-calls.ts'
import { FakeNativeEngine } from '../../../test/support/fake-native.ts'
import { adapterContract, type AdapterUnderTest, contractSession } from '../../testing/index.ts'
import { createRenewer } from '../../renewer.ts'
import { native, nativeEx, type NativeOptions } from './native.ts'

const CONNECTION = { channelId: 'room', localUid: 1007 }
const options = () => ({ publishMicrophoneTrack: true })

/** An engine that does not tell what has become of a token cannot be waited for. */
const NEEDS_ANSWER = /^waits until the SDK has taken a token/

function make(more: Partial<NativeOptions> = {}, version = '4.6.2') {
  const engine = new FakeNativeEngine()
  engine.version = version
  const adapter = native(engine, { channelId: 'room', options, ...more })
  return { adapter, driver: engine.driver(), engine }
}

function makeEx() {
  const engine = new FakeNativeEngine()
  const adapter = nativeEx(engine, { connection: CONNECTION, options })
  return { adapter, driver: engine.driver(CONNECTION), engine }
}

async function joined(under: AdapterUnderTest & { engine: FakeNativeEngine }) {
  const it = contractSession(under)
  await it.settled(it.renewer.join())
  return { ...it, engine: under.engine }
}

describe('native', () => {
  for (const check of adapterContract(() => make({ uid: 7 }))) it(check.name, check.run)

  it('is brought back by renewToken, without leaving', async () => {
    const { driver, clock, handed } = await joined(make({ uid: 7 }))
    driver.expire()
    await clock.advance(1000)
    expect(handed()).toEqual(['join 1', 'renew 2'])
  })

  it('leaves and joins in the same go where renewToken is refused', async () => {
    const { driver, clock, handed, count } = await joined(make({ uid: 7 }))
    driver.set('renew', 'refuse')
    driver.expire()
    await clock.advance(1000)
    expect(handed()).toEqual(['join 1', 'renew 2', 'join 2'])
    expect([count('rejoined'), count('retry'), count('stopped')]).toEqual([1, 0, 0])
  })

  it('leaves and joins where renewToken has no effect', async () => {
    const { driver, clock, handed, count } = await joined(make({ uid: 7 }))
    driver.set('renew', 'hang')
    driver.expire()
    await clock.advance(20_000)
    expect(handed()).toEqual(['join 1', 'renew 2', 'join 3'])
    expect([count('rejoined'), count('stopped')]).toEqual([1, 0])
  })

  it('leaves and joins when all that it hears is that the token is refused', async () => {
    const { engine, driver, clock, source, handed } = await joined(make({ uid: 7 }))
    driver.set('renew', 'hang')
    driver.expire()
    await clock.advance(100)
    engine.tellOfToken('007apps', 6)
    await clock.advance(0)
    expect(handed()).toEqual(['join 1', 'renew 2'])
    engine.tellOfToken(source.tokens[1]!, 2)
    await clock.advance(0)
    expect(handed()).toEqual(['join 1', 'renew 2', 'join 2'])
  })

  it('renews where it is back before it is brought back, and gives that up with the renewer', async () => {
    const { driver, adapter } = make({ uid: 7 })
    await adapter.join(request())
    adapter.attach(sinkOf([]))
    expect(await adapter.rejoin(request('007again'))).toBe(7)
    expect(driver.given.map(({ by }) => by)).toEqual(['join', 'renew'])
    driver.set('renew', 'hang')
    const controller = new AbortController()
    const back = adapter.rejoin({ ...request(), signal: controller.signal })
    controller.abort()
    await expect(back).rejects.toMatchObject({ code: 'STOPPED' })
  })

  it.each([8, 9])('asks for another token when a join is refused for reason %i', async (reason) => {
    const { engine, driver, adapter } = make()
    driver.set('join', 'hang')
    const joining = adapter.join(request())
    const refused = expect(joining).rejects.toThrow(/expired/)
    engine.fail(reason)
    await refused
  })

  it('never gives the SDK the token back that its warning brings along', async () => {
    const { driver, clock, source } = await joined(make({ uid: 7 }))
    await clock.advance(60_000)
    driver.warn()
    await clock.advance(0)
    expect(driver.given.map(({ token }) => token)).toEqual(source.tokens)
  })

  it('rejoins as the user that the SDK has chosen', async () => {
    const { engine, driver, adapter } = make()
    expect(await adapter.join(request())).toBe(4711)
    engine.assigned = 9
    driver.set('renew', 'refuse')
    driver.expire()
    expect(await adapter.rejoin(request())).toBe(4711)
    expect(driver.given.map(({ user }) => user)).toEqual([0, undefined, 4711])
  })

  it('joins with an account as that account, also again', async () => {
    const { driver, adapter } = make({ userAccount: 'anna' })
    expect(await adapter.join(request())).toBe('anna')
    driver.set('renew', 'refuse')
    driver.expire()
    expect(await adapter.rejoin(request())).toBe('anna')
    expect(driver.given.map(({ user }) => user)).toEqual(['anna', undefined, 'anna'])
    expect(adapter.scope().user).toBe('anna')
  })

  it('hears nothing of other channels, nor of other users in the same', async () => {
    const { engine, adapter } = make({ uid: 7 })
    const calls: string[] = []
    await adapter.join(request())
    adapter.attach(sinkOf(calls))
    engine.tellOf({ channelId: 'other', localUid: 7 })
    engine.tellOf({ channelId: 'room', localUid: 1007 })
    expect(calls).toEqual([])
    engine.tellOf({ channelId: 'room', localUid: 7 })
    expect(calls).toEqual(['willExpire', 'expired', 'banned'])
  })

  it('hands the token over when the engine says that it is in already', async () => {
    const { engine, driver, adapter } = make({ uid: 7 })
    engine.joinChannel('007apps', 'room', 7)
    await Promise.resolve()
    expect(await adapter.join(request())).toBe(7)
    expect(driver.given.map(({ by, token }) => `${by} ${token}`)).toEqual([
      'join 007apps',
      'renew 007next',
    ])
  })

  it('does not take its own leaving for the user’s, and the user’s for its own', async () => {
    const { driver, adapter } = make({ uid: 7 })
    const calls: string[] = []
    await adapter.join(request())
    adapter.attach(sinkOf(calls))
    driver.set('renew', 'refuse')
    driver.expire()
    await adapter.rejoin(request())
    expect(calls).not.toContain('left')
    await driver.userLeaves()
    await expect.poll(() => calls).toContain('left')
  })

  it('throws nothing into the engine', async () => {
    const { engine, driver, adapter } = make({ uid: 7 })
    await adapter.join(request())
    const uncaught: unknown[] = []
    const note = (error: unknown) => uncaught.push(error)
    process.on('unhandledRejection', note)
    adapter.attach({
      ...sinkOf([]),
      willExpire() {
        throw new Error('from the app')
      },
    })
    driver.warn()
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', note)
    expect([engine.crashes, uncaught]).toEqual([[], [new Error('from the app')]])
  })

  it('is deaf at once when it is detached, though the engine goes on telling', async () => {
    const { driver, adapter, engine } = make({ uid: 7 })
    await adapter.join(request())
    const calls: string[] = []
    const stops: (() => void)[] = []
    engine.registerEventHandler({ onTokenPrivilegeWillExpire: () => stops[0]?.() })
    stops.push(adapter.attach(sinkOf(calls)))
    driver.warn()
    expect(calls).toEqual([])
  })

  it('turns a code below zero into an error', async () => {
    const { engine, adapter } = make({ uid: 7 })
    await adapter.join(request())
    engine.renewToken = () => -7
    await expect(adapter.renew('007next')).rejects.toMatchObject({ name: 'NativeError', code: -7 })
  })

  it('passes over the outcome of a token that the app has handed over', async () => {
    const { engine, driver, adapter } = make({ uid: 7 })
    await adapter.join(request())
    adapter.attach(sinkOf([]))
    driver.set('renew', 'hang')
    const renewing = adapter.renew('007ours')
    driver.set('renew', 'refuse')
    engine.renewToken('007theirs')
    await Promise.resolve()
    driver.answer()
    await expect(renewing).resolves.toBeUndefined()
  })

  it.each([
    ['channelId', { channelId: '' }],
    ['options', { options: undefined as never }],
    ['both', { uid: 7, userAccount: 'anna' }],
  ])('refuses settings of no use: %s', (what, settings) => {
    expect(() => make(settings)).toThrow(TypeError)
    expect(() => make(settings)).toThrow(what)
  })
})

describe('native before 4.6.2', () => {
  for (const check of adapterContract(() => make({ uid: 7 }, '4.5.10'))) {
    if (!NEEDS_ANSWER.test(check.name)) it(check.name, check.run)
  }
})

describe('native with an account', () => {
  for (const check of adapterContract(() => make({ userAccount: 'anna' }))) {
    it(check.name, check.run)
  }
})

describe('nativeEx', () => {
  for (const check of adapterContract(makeEx)) {
    if (!NEEDS_ANSWER.test(check.name)) it(check.name, check.run)
  }

  it('stops when the main channel takes it along', async () => {
    const { engine, told, settled } = await joined(makeEx())
    await settled(Promise.resolve(engine.leaveChannel()))
    expect(told.at(-1)).toEqual({ event: 'stopped', args: ['left'] })
  })

  it('is one session by what is in its connection, which apps write anew for each adapter', async () => {
    const engine = new FakeNativeEngine()
    const make = (more = {}) =>
      nativeEx(engine, { connection: { ...CONNECTION, ...more }, options }).client!()
    expect(make()).toBe(make())
    const others = [
      make({ localUid: 1008 }),
      make({ channelId: 'hall' }),
      makeEx().adapter.client!(),
    ]
    for (const other of others) expect(other).not.toBe(make())
  })

  it('joins again by another adapter without waiting for the leave of the one before', async () => {
    const first = await joined(makeEx())
    const connection = { ...CONNECTION }
    const adapter = nativeEx(first.engine, { connection, options })
    const { clock } = first
    const other = createRenewer(adapter, { source: () => '008other', clock })
    first.driver.set('leave', 'hang')
    const leaving = first.renewer.leave()
    const joining = other.join()
    await clock.advance(1000)
    first.driver.answer()
    await clock.advance(1000)
    await leaving
    await expect(joining).resolves.toBe(CONNECTION.localUid)
  })

  it('refuses a connection without a uid', () => {
    const connection = { channelId: 'room', localUid: 0 }
    expect(() => nativeEx(new FakeNativeEngine(), { connection, options })).toThrow(
      'connection.localUid: a uid expected, got 0',
    )
  })
})
