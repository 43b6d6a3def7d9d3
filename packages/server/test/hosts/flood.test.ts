import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as nextRound, setTimeout as delay } from 'node:timers/promises'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { allow, createTokenHandler, memoryLimiter, type TokenHandler } from '../../src/index.ts'
import type { Host, RunningHost } from './host.ts'
import { HOST_PROJECT } from './host-endpoint.ts'
import { nestHost } from './nest-host.ts'
import { NODE_HOSTS } from './node-hosts.ts'

let running: RunningHost | undefined
const callers: Socket[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const caller of callers.splice(0)) caller.destroy()
  await running?.stop()
})

describe.each([...NODE_HOSTS, nestHost])('$name', (host) => {
  it('answers a polite caller in the middle of a flood', async () => {
    const order: string[] = []
    await start(host, endpoint({ onWish: (channel) => order.push(channel) }))
    const [flood, polite] = [await call(), await call()]
    flood.write(wish(host, 'flood').repeat(300))
    polite.write(wish(host, 'polite'))
    expect(String(await once(polite, 'data'))).toMatch(/^HTTP\/1\.1 200 /)
    // One turn of the flood for one of the polite caller, whose bytes may come some rounds later.
    expect(order.indexOf('polite')).toBeLessThan(50)
  })

  it('closes the connection of a caller who was told five times to wait and goes on', async () => {
    await start(host, endpoint({ perMinute: 2 }))
    const caller = await call()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    caller.write(wish(host, 'room').repeat(100))
    const text = textOf(caller)
    while (vi.getTimerCount() === 0) await nextRound()
    await vi.advanceTimersByTimeAsync(999)
    expect(caller.closed).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    const replies = (await text).split(/(?=HTTP\/1\.1 )/)
    expect(replies.map((reply) => reply.slice(9, 12))).toEqual(['200', '200', ...five('429')])
    const closing = replies.map((reply) => /^connection: close\r$/im.test(reply))
    expect(closing).toEqual([false, false, false, false, false, false, true])
  })
})

const READERS = NODE_HOSTS.filter(({ name }) => /^(?:node:http|Express 5 behind.*)$/.test(name))

// Reading stops in each of these, and must go on.
describe.each(READERS)('$name', (host) => {
  it('waits for the rest of the last body behind a flood', async () => {
    await start(host, endpoint())
    const caller = await call()
    const replies = textOf(caller)
    const last = lastWish(host)
    caller.write(wish(host, 'flood').repeat(300) + last.slice(0, -5))
    await once(caller, 'data')
    caller.write(last.slice(-5))
    expect(grantedIn(await replies)).toBe(301)
  })

  it('answers all of a caller who has said all', async () => {
    await start(host, endpoint())
    const caller = await call()
    caller.end(wish(host, 'flood').repeat(300))
    expect(grantedIn(await textOf(caller))).toBe(300)
  })

  it('answers all of a caller who reads late', async () => {
    await start(host, endpoint())
    const caller = (await call()).pause()
    caller.write(wish(host, 'flood').repeat(3000))
    caller.write(lastWish(host))
    // Time in which the server fills what takes its replies.
    await delay(100)
    expect(grantedIn(await textOf(caller.resume()))).toBe(3001)
  })
})

describe.each(NODE_HOSTS.slice(0, 1))('$name', (host) => {
  it('keeps the connection of a caller who is served again in between', async () => {
    let isLimited = true
    await start(host, endpoint({ isLimited: () => (isLimited = !isLimited) }))
    const caller = await call()
    caller.write(wish(host, 'room').repeat(19))
    caller.write(lastWish(host))
    const statuses = (await textOf(caller)).match(/(?<=HTTP\/1\.1 )\d+/g)
    expect(statuses).toEqual(Array.from({ length: 20 }, (_, at) => (at % 2 ? '429' : '200')))
  })

  it('gives a caller who waits for each reply the last one at once', async () => {
    await start(host, endpoint({ perMinute: 2 }))
    const caller = await call()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    for (let at = 0; at < 7; at++) {
      caller.write(wish(host, 'room'))
      await once(caller, 'data')
    }
    await once(caller, 'close')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('reads nothing from a flood that waits for its last reply', async () => {
    let begun = 0
    const began = (): void => void begun++
    subscribe('http.server.request.start', began)
    await start(host, endpoint({ perMinute: 2 }))
    const caller = await call()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    caller.write(wish(host, 'room').repeat(10))
    while (vi.getTimerCount() === 0) await nextRound()
    caller.write(wish(host, 'room').repeat(1000))
    for (let round = 0; round < 50; round++) await nextRound()
    unsubscribe('http.server.request.start', began)
    expect(begun).toBe(10)
  })

  it('reads no more of a flood than one buffer holds', async () => {
    let [open, most] = [0, 0]
    const began = (): void => void (most = Math.max(most, (open += 1)))
    const ended = (): void => void (open -= 1)
    subscribe('http.server.request.start', began)
    subscribe('http.server.response.finish', ended)
    await start(host, endpoint())
    const caller = await call()
    const request = wish(host, 'flood')
    caller.write(request.repeat(5000))
    caller.write(lastWish(host))
    expect(grantedIn(await textOf(caller))).toBe(5001)
    unsubscribe('http.server.request.start', began)
    unsubscribe('http.server.response.finish', ended)
    expect(most).toBeLessThan(2 * (65_536 / request.length))
  })
})

async function start(host: Host, handler: TokenHandler): Promise<void> {
  running = await host.start(handler)
}

interface Setup {
  readonly perMinute?: number
  readonly onWish?: (channel: string) => void
  readonly isLimited?: () => boolean
}

function endpoint({ perMinute = 1e6, onWish, isLimited }: Setup = {}): TokenHandler {
  const limiter = memoryLimiter({ name: 'ip', limit: perMinute, windowSeconds: 60, clock: () => 0 })
  const once = { ok: false, name: 'ip', limit: 1, remaining: 0, resetIn: 9, window: 60 }
  return createTokenHandler({
    project: HOST_PROJECT,
    authenticate: () => 'alice',
    authorize: ({ wish }) => {
      onWish?.(wish.channel)
      return allow()
    },
    limits: {
      perIp: { consume: (key) => (isLimited?.() ? once : limiter.consume(key)) },
    },
  })
}

function wish({ prefix }: Host, channel: string): string {
  const body = JSON.stringify({ channel, uid: 7 })
  const head = `POST ${prefix}/v1/tokens HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n`
  return `${head}content-length: ${body.length}\r\n\r\n${body}`
}

/** The same, and the connection ends with its reply. */
function lastWish(host: Host): string {
  return wish(host, 'last').replace('\r\n', '\r\nconnection: close\r\n')
}

function grantedIn(text: string): number {
  return text.split('HTTP/1.1 200 ').length - 1
}

async function call(): Promise<Socket> {
  const caller = connect(running!.port!, '127.0.0.1')
  callers.push(caller)
  await once(caller, 'connect')
  return caller
}

async function textOf(caller: Socket): Promise<string> {
  let text = ''
  caller.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await once(caller, 'close')
  return text
}

function five(text: string): readonly string[] {
  return Array.from({ length: 5 }, () => text)
}
