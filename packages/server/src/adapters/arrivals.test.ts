import { AsyncLocalStorage } from 'node:async_hooks'
import { type IncomingMessage, ServerResponse } from 'node:http'
import { PassThrough } from 'node:stream'
import { setImmediate as nextRound } from 'node:timers/promises'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { endFlood, isHeard, turnOf } from './arrivals.ts'

const connection = (): PassThrough => new PassThrough()

/** Waits for the turn of a request of a connection of its own. */
async function aTurn(): Promise<void> {
  await turnOf(connection())
}

/** Two rounds without requests: the next one is alone. */
async function quiet(): Promise<void> {
  await nextRound()
  await nextRound()
}

/** A round with two requests: the next one waits for company. */
async function busy(): Promise<void> {
  await quiet()
  await Promise.all([aTurn(), aTurn()])
}

describe('turnOf', () => {
  it('lets a request that is alone go on at once', async () => {
    const of = connection()
    for (let round = 0; round < 3; round++) {
      await quiet()
      expect(turnOf(of)).toBeUndefined()
    }
  })

  it('lets a request after a quiet round go on at once, from any connection', async () => {
    for (let round = 0; round < 3; round++) {
      await quiet()
      expect(turnOf(connection())).toBeUndefined()
    }
  })

  it('lets the second request of a round wait for the end of the round', async () => {
    await quiet()
    expect(turnOf(connection())).toBeUndefined()
    const second = turnOf(connection())
    expect(second).toBeInstanceOf(Promise)
    await second
  })

  it('lets a request wait after a round with several, which then come together again', async () => {
    await quiet()
    const several = [aTurn(), aTurn()]
    await nextRound()
    await Promise.all(several)
    const next = turnOf(connection())
    expect(next).toBeInstanceOf(Promise)
    await next
    expect(turnOf(connection())).toBeUndefined()
  })

  it('gives a connection that was alone no second turn in the same round', async () => {
    await quiet()
    const of = connection()
    const order: string[] = []
    const first = turnOf(of)
    const second = turnOf(of)?.then(() => order.push('its second'))
    const other = turnOf(connection())?.then(() => order.push('another'))
    expect(first).toBeUndefined()
    await Promise.all([second, other])
    expect(order).toContain('another')
  })

  it('lets those who come together go on together, step by step', async () => {
    await busy()
    const steps: string[] = []
    const go = async (name: string): Promise<void> => {
      await turnOf(connection())
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

  it('lets thirty-two go on at once, and the next with those who come later', async () => {
    await busy()
    let gone = 0
    const go = async (): Promise<void> => {
      await turnOf(connection())
      gone++
    }
    const all = Array.from({ length: 33 }, go)
    await Promise.resolve()
    await Promise.resolve()
    expect(gone).toBe(32)
    await Promise.all(all)
    expect(gone).toBe(33)
  })

  it('goes on again and again', async () => {
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: 5 }, aTurn))
      await nextRound()
    }
  })

  it('leaves each in its own asynchronous context', async () => {
    const callers = new AsyncLocalStorage<number>()
    const seen = Array.from({ length: 20 }, (_, caller) =>
      callers.run(caller, async () => {
        await turnOf(connection())
        return callers.getStore()
      }),
    )
    expect(await Promise.all(seen)).toEqual(Array.from({ length: 20 }, (_, caller) => caller))
  })
})

describe('a connection with many requests', () => {
  beforeEach(busy)

  /** In which order requests go on, each by the name of its connection. */
  function runner() {
    const order: string[] = []
    const ask = async (name: string, of: PassThrough): Promise<void> => {
      await turnOf(of)
      order.push(name)
    }
    const flood = (name: string, count: number, of = connection()) =>
      Array.from({ length: count }, () => ask(name, of))
    return { order, ask, flood }
  }

  it('has one turn a round, and all others have theirs before its next', async () => {
    const { order, ask, flood } = runner()
    const all = [...flood('flood', 50), ask('a', connection()), ask('b', connection())]
    await nextRound()
    expect(order).toEqual(['flood', 'a', 'b'])
    all.push(ask('c', connection()))
    await nextRound()
    expect(order.slice(3)).toEqual(['c', 'flood'])
    await Promise.all(all)
    expect(order.slice(5)).toEqual(Array.from({ length: 48 }, () => 'flood'))
  })

  it('has no more than its share among many of its kind', async () => {
    const { order, ask, flood } = runner()
    const floods = Array.from({ length: 100 }, (_, index) => flood(`flood ${index}`, 5)).flat()
    const all = [...floods, ask('polite', connection())]
    await Promise.all(all)
    expect(order.indexOf('polite')).toBeLessThanOrEqual(100)
    // Round by round: no connection gets a second turn before all have had their first.
    expect(new Set(order.slice(0, 101)).size).toBe(101)
  })

  it('keeps the order of its own requests', async () => {
    const of = connection()
    const order: number[] = []
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        await turnOf(of)
        order.push(index)
      }),
    )
    expect(order).toEqual(Array.from({ length: 40 }, (_, index) => index))
  })

  it('is not read from while sixteen requests wait, even if it is resumed', async () => {
    const of = connection().resume()
    const { order, flood } = runner()
    const all = flood('flood', 15, of)
    expect(of.isPaused()).toBe(false)
    all.push(...flood('flood', 25, of))
    expect(of.isPaused()).toBe(true)
    await nextRound()
    of.resume()
    await nextRound()
    expect(of.isPaused()).toBe(true)
    await Promise.all(all)
    await nextRound()
    expect([order.length, of.isPaused(), of.listenerCount('resume')]).toEqual([40, false, 0])
  })

  it('holds no caller back who has disconnected: all of them hear of it at once', async () => {
    const of = connection()
    const { order, flood } = runner()
    const all = flood('flood', 40, of)
    of.destroy()
    await nextRound()
    expect(order).toHaveLength(40)
    // What else it has sent is not read.
    expect(of.isPaused()).toBe(true)
    await Promise.all(all)
  })
})

describe('a flood that ignores 429', () => {
  const flooded: PassThrough[] = []
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
  })
  // So that each test finds all places free.
  afterEach(async () => {
    vi.useRealTimers()
    for (const of of flooded.splice(0)) of.destroy()
    await nextRound()
  })

  /** A connection with three requests at once, the last of which is told to wait for the fifth time. */
  async function flood(httpVersionMajor = 1) {
    const socket = connection()
    flooded.push(socket)
    const req = { socket, httpVersionMajor } as unknown as IncomingMessage
    const res = new ServerResponse(req)
    res.shouldKeepAlive = true
    await Promise.all([1, 2, 3].map(async () => turnOf(req.socket)))
    for (let reply = 1; reply < 5; reply++) expect(endFlood(req, res, 429)).toBeUndefined()
    expect(res.shouldKeepAlive).toBe(true)
    return { waiting: endFlood(req, res, 429), res, req }
  }

  it('gets its last reply after a second, sixteen connections at a time', async () => {
    const floods = await Promise.all(Array.from({ length: 17 }, () => flood()))
    expect(floods.map(({ res }) => res.shouldKeepAlive)).toEqual(floods.map(() => false))
    expect(floods.map(({ waiting }) => waiting instanceof Promise)).toEqual(
      floods.map((_, at) => at < 16),
    )
    await vi.advanceTimersByTimeAsync(1000)
    for (const { waiting } of floods) await waiting
    expect((await flood()).waiting).toBeInstanceOf(Promise)
  })

  it('leaves its place when it is closed', async () => {
    const floods = await Promise.all(Array.from({ length: 16 }, () => flood()))
    expect((await flood()).waiting).toBeUndefined()
    floods[0]?.req.socket.destroy()
    await floods[0]?.waiting
    expect((await flood()).waiting).toBeInstanceOf(Promise)
  })

  it('gets no reply to what it sent before that, and is not resumed', async () => {
    const { req, waiting } = await flood()
    expect(isHeard(req)).toBe(false)
    req.socket.resume()
    await nextRound()
    expect(req.socket.isPaused()).toBe(true)
    await vi.advanceTimersByTimeAsync(1000)
    await waiting
  })

  it('is closed even if a middleware replies first', async () => {
    const { req, res } = await flood()
    res.emit('finish')
    expect(req.socket.writableEnded).toBe(true)
  })

  it('is not what a connection of HTTP/2 is, which carries the requests of many callers', async () => {
    const { req, res, waiting } = await flood(2)
    expect([waiting, res.shouldKeepAlive, isHeard(req)]).toEqual([undefined, true, true])
  })
})
