import { createToken, rtm } from '@rtc-token/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { browserTabs } from '../src/sources/shared/browser-tabs.ts'
import type { BatchRequest } from '../src/sources/shared/batch-request.ts'
import type { TabPorts } from '../src/sources/shared/tab-relay.ts'
import { createSharedSource } from '../src/sources/shared/shared-source.ts'
import type { TokenScope } from '../src/session-adapter.ts'
import { type ManualClock, manualClock } from '../src/testing/manual-clock.ts'
import type { TokenGrant, TokenRequest } from '../src/token-source.ts'

const APP = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}
const TTL = 3600
const MESSAGES: TokenScope = { service: 'rtm', user: '7' }

/** What joins the tabs of a browser: locks by name, and messages to all others. */
class Browser {
  readonly messages: unknown[] = []
  readonly #listeners = new Map<TabPorts, (message: unknown) => void>()
  readonly #queues = new Map<string, Promise<void>>()

  get listenerCount(): number {
    return this.#listeners.size
  }

  tab(): TabPorts {
    const ports: TabPorts = {
      lock: (name, signal) => this.#lock(name, signal),
      post: (message) => this.post(message, ports),
      listen: (listener) => {
        this.#listeners.set(ports, listener)
        return () => void this.#listeners.delete(ports)
      },
    }
    return ports
  }

  post(message: unknown, from?: TabPorts): void {
    this.messages.push(message)
    for (const [tab, listener] of this.#listeners) if (tab !== from) listener(message)
  }

  /** Whether the lock is free and no tab waits for it. */
  async isFree(name: string): Promise<boolean> {
    return Promise.race([
      (this.#queues.get(name) ?? Promise.resolve()).then(() => true),
      new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
    ])
  }

  #lock(name: string, signal: AbortSignal): Promise<() => void> {
    const before = this.#queues.get(name) ?? Promise.resolve()
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    this.#queues.set(
      name,
      before.then(() => held),
    )
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('AbortError'))
      })
      void before.then(() => (signal.aborted ? release() : resolve(release)))
    })
  }
}

/** A tab with a shared source in front of a server that answers when told. */
function tab(clock: ManualClock, tabs: TabPorts | undefined) {
  const asked: BatchRequest[] = []
  const answers: ((fail?: Error) => void)[] = []
  const source = (request: BatchRequest) =>
    new Promise<TokenGrant>((resolve, reject) => {
      asked.push(request)
      const services = [rtm({ userId: String(request.scope.user) })]
      const token = createToken({ ...APP, ttl: TTL, services })
      answers.push((fail) => (fail ? reject(fail) : resolve({ token, expiresIn: TTL })))
    })
  const ask = createSharedSource(source, { clock, tabs })
  const answer = async (fail?: Error) => {
    for (const settle of answers.splice(0)) settle(fail)
    await clock.advance(0)
  }
  return { ask, answer, asked }
}

function twoTabs() {
  const clock = manualClock()
  const browser = new Browser()
  return {
    clock,
    browser,
    one: tab(clock, browser.tab()),
    two: tab(clock, browser.tab()),
  }
}

const KEY = '["rtm","","","7"]'

function request(more: Partial<TokenRequest> = {}): TokenRequest {
  const { signal } = new AbortController()
  const standard = { reason: 'schedule', scope: MESSAGES, attempt: 1 } as const
  return { ...standard, previousToken: undefined, signal, ...more }
}

describe('shared sources in several tabs', () => {
  it('have one ask, and the other take its answer', async () => {
    const { one, two, clock, browser } = twoTabs()
    const grants = Promise.all([one.ask(request()), two.ask(request())])
    await clock.advance(2_000)
    expect([one.asked.length, two.asked.length]).toEqual([1, 0])
    await one.answer()
    const [asker, hearer] = await grants
    expect(hearer.token).toBe(asker.token)
    expect(hearer.expiresIn).toBe(3600)
    expect(two.asked).toHaveLength(0)
    expect(await browser.isFree(KEY)).toBe(true)
    expect(clock.timers).toBe(0)
  })

  it('use what another tab got a while ago, with its age taken off', async () => {
    const { one, two, clock } = twoTabs()
    const first = two.ask(request({ reason: 'join' }))
    await clock.advance(0)
    await two.answer()
    await first
    await clock.advance(2_700_000)
    const renewal = one.ask(request())
    await clock.advance(0)
    await one.answer()
    await clock.advance(100_000)
    const taken = await two.ask(request({ previousToken: (await first).token }))
    expect(taken).toMatchObject({ token: (await renewal).token, expiresIn: 3500 })
  })

  it('keep nothing of sessions that are not theirs', async () => {
    const { one, two, clock } = twoTabs()
    const first = one.ask(request())
    await clock.advance(0)
    await one.answer()
    await first
    const second = two.ask(request())
    await clock.advance(0)
    await two.answer()
    expect((await second).token).not.toBe((await first).token)
  })

  it('ask for different users at the same time', async () => {
    const { one, two, clock } = twoTabs()
    const other = request({ scope: { ...MESSAGES, user: '8' } })
    const grants = Promise.all([one.ask(request()), two.ask(other)])
    await clock.advance(0)
    await Promise.all([one.answer(), two.answer()])
    const [mine, theirs] = await grants
    expect(mine.token).not.toBe(theirs.token)
  })

  it('ask themselves when the one that asks is told no, or stops waiting', async () => {
    const { one, two, clock } = twoTabs()
    const failing = one.ask(request()).catch(String)
    const second = two.ask(request())
    await clock.advance(0)
    await one.answer(new Error('down'))
    await failing
    expect(two.asked).toHaveLength(1)
    await two.answer()
    expect(await second).toMatchObject({ expiresIn: 3600 })
  })

  it('wait three seconds for a tab that is slow or frozen, and then ask beside it', async () => {
    const { one, two, clock } = twoTabs()
    const stuck = one.ask(request())
    const second = two.ask(request())
    await clock.advance(2_999)
    expect(two.asked).toHaveLength(0)
    await clock.advance(1)
    expect(two.asked).toHaveLength(1)
    await two.answer()
    await second
    await one.answer()
    expect((await stuck).token).not.toBe((await second).token)
  })

  it('do not ask when their sessions stop waiting before it is their turn', async () => {
    const { one, two, clock, browser } = twoTabs()
    const controller = new AbortController()
    const first = one.ask(request())
    const second = two.ask(request({ signal: controller.signal })).catch(String)
    await clock.advance(0)
    controller.abort()
    await second
    await one.answer()
    await first
    await clock.advance(0)
    expect(two.asked).toHaveLength(0)
    expect(await browser.isFree(KEY)).toBe(true)
  })

  it.each([
    ['no message at all', undefined],
    ['a message without a token', { key: KEY, ageMs: 0, sentAt: 0, grant: {} }],
    [
      'a token from the future',
      { key: KEY, ageMs: -5, sentAt: 0, grant: { token: '007abc', expiresIn: 60 } },
    ],
    [
      'a key that is not a string',
      { key: 1, ageMs: 0, sentAt: 0, grant: { token: '007abc', expiresIn: 60 } },
    ],
  ])('take no notice of %s', async (_, message) => {
    const { one, clock, browser } = twoTabs()
    const asking = one.ask(request())
    browser.post(message)
    await clock.advance(0)
    await one.answer()
    await asking
    browser.post(message)
    expect((await one.ask(request())).token).toBe((await asking).token)
  })

  /** A tab that waits for another one, to which a message arrives. */
  async function waiting(message: { readonly ageMs?: unknown; readonly sentAt?: unknown }) {
    const { one, two, clock, browser } = twoTabs()
    void one.ask(request()).catch(() => {})
    const asking = two.ask(request())
    await clock.advance(0)
    const token = createToken({ ...APP, ttl: TTL, services: [rtm({ userId: '7' })] })
    browser.post({ key: KEY, grant: { token, expiresIn: TTL }, ...message })
    await clock.advance(3000)
    await two.answer()
    return { asked: two.asked.length, grant: await asking }
  }

  const NOW = manualClock().now()

  it('count the time that a message waited for a tab which slept', async () => {
    const late = await waiting({ ageMs: 2000, sentAt: NOW - 1_000_000 })
    expect([late.asked, late.grant.expiresIn]).toEqual([0, TTL - 1002])
    const older = await waiting({ ageMs: 2000, sentAt: NOW - 0.6 * TTL * 1000 })
    expect([older.asked, older.grant.expiresIn]).toEqual([1, TTL])
  })

  it('count the age of a token from another tab, where its clock is ahead', async () => {
    const { asked, grant } = await waiting({ ageMs: 2000, sentAt: NOW + 1_000_000 })
    expect([asked, grant.expiresIn]).toEqual([0, TTL - 2])
  })

  it.each([
    { ageMs: 0 },
    { sentAt: NOW },
    { ageMs: Infinity, sentAt: NOW },
    { ageMs: Number.NaN, sentAt: NOW },
    { ageMs: '0', sentAt: NOW },
    { ageMs: 0, sentAt: Number.NaN },
    { ageMs: 0, sentAt: -Infinity },
    { ageMs: 0, sentAt: String(NOW) },
  ])('take no notice of a message with odd numbers: %j', async (message) => {
    expect((await waiting(message)).asked).toBe(1)
  })

  it('ask as if alone when the browser refuses the lock or the channel', async () => {
    const clock = manualClock()
    const broken: TabPorts = {
      lock: () => Promise.reject(new Error('SecurityError')),
      post: () => {
        throw new Error('InvalidStateError')
      },
      listen: () => () => {},
    }
    const { ask, answer } = tab(clock, broken)
    const asking = ask(request())
    await clock.advance(0)
    await answer()
    expect(await asking).toMatchObject({ expiresIn: 3600 })
  })

  it('hear nothing any more once they are closed', () => {
    const { one, two, browser } = twoTabs()
    expect(browser.listenerCount).toBe(2)
    one.ask.close()
    two.ask.close()
    expect(browser.listenerCount).toBe(0)
  })
})

describe('browserTabs', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it.each(['navigator', 'BroadcastChannel'])('is nothing without a %s that can', (name) => {
    vi.stubGlobal('navigator', { locks: { request: () => {} } })
    vi.stubGlobal(name, undefined)
    expect(browserTabs('app')).toBeUndefined()
  })

  it('is nothing where the page may not use a channel', () => {
    vi.stubGlobal('navigator', { locks: { request: () => {} } })
    const refuse = () => {
      throw new Error('SecurityError')
    }
    vi.stubGlobal('BroadcastChannel', vi.fn(refuse))
    expect(browserTabs('app')).toBeUndefined()
  })

  it('hears the tabs of its own app only', async () => {
    vi.stubGlobal('navigator', { locks: { request: () => {} } })
    const [one, two, other] = [browserTabs('app')!, browserTabs('app')!, browserTabs('other')!]
    const heardByOther = vi.fn()
    const stops: (() => void)[] = [other.listen(heardByOther)]
    const heard = new Promise((resolve) => stops.push(two.listen(resolve)))
    one.post({ key: 'k' })
    expect(await heard).toEqual({ key: 'k' })
    expect(heardByOther).not.toHaveBeenCalled()
    for (const stop of [...stops, one.listen(() => {})]) stop()
  })

  it('holds a lock under the name of its app until it is released', async () => {
    const names: string[] = []
    let held: Promise<void> | undefined
    const locks = {
      request: async (name: string, _: object, work: () => Promise<void>) => {
        names.push(name)
        held = work()
        await held
      },
    }
    vi.stubGlobal('navigator', { locks })
    const tabs = browserTabs('app')!
    const release = await tabs.lock('k', new AbortController().signal)
    const isHeld = await Promise.race([held?.then(() => false), Promise.resolve(true)])
    expect([names, isHeld]).toEqual([['rtc-token:app:k'], true])
    release()
    await held
    tabs.listen(() => {})()
  })

  it('says so when the lock is not to be had', async () => {
    const locks = { request: () => Promise.reject(new Error('AbortError')) }
    vi.stubGlobal('navigator', { locks })
    const tabs = browserTabs('app')!
    await expect(tabs.lock('k', new AbortController().signal)).rejects.toThrow('AbortError')
    tabs.listen(() => {})()
  })
})
