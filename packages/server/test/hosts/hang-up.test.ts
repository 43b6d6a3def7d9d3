import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

import { afterEach, describe, expect, it } from 'vitest'

import { allow } from '../../src/index.ts'
import type { Host, RunningHost } from './host.ts'
import { toWire } from './host-case.ts'
import { nestHost } from './nest-host.ts'
import { NODE_HOSTS } from './node-hosts.ts'
import { type WatchedHandler, watchedHandler } from './watched-handler.ts'
import { WEB_HOSTS } from './web-hosts.ts'

const HOSTS = [...WEB_HOSTS, ...NODE_HOSTS, nestHost].filter(({ isInProcess }) => !isInProcess)
const READERS = HOSTS.filter(({ traits = [] }) => !traits.includes('parses-json'))

let running: RunningHost | undefined
let socket: Socket | undefined
afterEach(async () => {
  socket?.destroy()
  await running?.stop()
})

describe.each(READERS)('$name', (host) => {
  it('ends the handling when the caller goes in the middle of the body', async () => {
    const watched = watchedHandler()
    const caller = await call(host, watched, 'half')
    await watched.begun
    caller.destroy()
    await watched.answered
    expect([watched.signed(), watched.failures]).toEqual([0, []])
  })

  it('gives up on a body that does not come', async () => {
    const watched = watchedHandler({ timeoutMs: 20 })
    const caller = await call(host, watched, 'half')
    expect(await statusFrom(caller)).toBe(408)
    expect(watched.signed()).toBe(0)
  })
})

describe.each(HOSTS)('$name', (host) => {
  it('signs nothing for a caller who goes while the policy thinks', async () => {
    const thinking = createPolicy()
    const watched = watchedHandler({ authorize: thinking.authorize })
    const caller = await call(host, watched, 'all')
    const signal = await thinking.asked
    caller.destroy()
    if (!signal.aborted) await once(signal, 'abort')
    thinking.allow()
    await watched.answered
    expect([watched.signed(), watched.failures]).toEqual([0, []])
  })

  it('serves the next caller after one who went in the middle of the body', async () => {
    const caller = await call(host, watchedHandler(), 'half')
    caller.destroy()
    const wire = toWire({ name: 'next', status: 200 }, host.prefix)
    expect((await running!.send(wire)).status).toBe(200)
  })
})

/** Calls a host that serves the handler, with all of a body or with half of it. */
async function call(host: Host, { handler }: WatchedHandler, much: 'half' | 'all') {
  running = await host.start(handler)
  const { method, target, headers, chunks } = toWire({ name: '', status: 200 }, host.prefix)
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const body = chunks[0]!
  socket = connect(running.port!, '127.0.0.1')
  socket.write(`${method} ${target} HTTP/1.1\r\n${head}\r\n`)
  socket.write(much === 'all' ? body : body.subarray(0, body.length / 2))
  return socket
}

async function statusFrom(caller: Socket): Promise<number> {
  const [data] = (await once(caller, 'data')) as [Buffer]
  return Number(data.toString().split(' ')[1])
}

/** A policy that allows only when it is told to, and however late that is. */
function createPolicy() {
  let allowNow = (): void => {}
  let ask = (_signal: AbortSignal): void => {}
  const asked = new Promise<AbortSignal>((resolve) => (ask = resolve))
  const decision = new Promise<ReturnType<typeof allow>>((resolve) => {
    allowNow = () => resolve(allow())
  })
  const authorize = ({ signal }: { readonly signal: AbortSignal }) => {
    ask(signal)
    return decision
  }
  return { asked, authorize, allow: () => allowNow() }
}
