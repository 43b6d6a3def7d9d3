// @vitest-environment jsdom
import AgoraChat from 'agora-chat'
import { chat, type ChatConnection } from '@rtc-token/client-renewer/chat'
import {
  adapterContract,
  contractSession,
  type GivenToken,
  type SdkDriver,
} from '@rtc-token/client-renewer/testing'
import { type ChatService, createChatService } from '@rtc-token/edge/chat'
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { type PageTraffic, watchTraffic } from './support/page-traffic.ts'

// The real agora-chat over real sockets: a stand-in for the service lets it in, tells it the time and puts
// it out, in its own protocol. Only its timers pass by hand.

const FAR_MS = 2 ** 31 - 1
/** After which the SDK has tried to get back, and not yet missed the answers to what it then sends. */
const RETRY_MS = 5000
/** An unanswered login blocks the SDK until its own time limits have passed, which they do not here. */
const NEEDS_TIME = 'tries again when the rejoin is not answered'

type Connection = InstanceType<typeof AgoraChat.connection>

let service: ChatService
let traffic: PageTraffic
let endsAt = 0
/** What happens as soon as all that has happened before is dealt with. */
const later: (() => void)[] = []

async function make() {
  service.answerAll()
  service.cut()
  service.answers.login = 'ok'
  service.answers.renewal = 'ok'
  await settle()
  vi.clearAllTimers()
  const connection = new AgoraChat.connection({
    appKey: 'org#app',
    isHttpDNS: false,
    url: service.socketUrl,
    apiUrl: service.apiUrl,
  })
  const given: GivenToken[] = []
  const adapter = chat(watched(connection, given), { user: 'anna' })
  return { adapter, driver: driverOf(connection, given) }
}

/** The SDK logs in by itself too, when the line comes back: what it is given is seen at its calls. */
function watched(connection: Connection, given: GivenToken[]): ChatConnection {
  return {
    open(login) {
      given.push({ by: 'join', token: login.accessToken, user: login.user })
      return connection.open(login)
    },
    renewToken(token) {
      given.push({ by: 'renew', token })
      return connection.renewToken(token)
    },
    close: () => connection.close(),
    isOpened: () => connection.isOpened(),
    addEventHandler: (id, handler) => connection.addEventHandler(id, handler),
    removeEventHandler: (id) => connection.removeEventHandler(id),
  }
}

async function settle(): Promise<void> {
  await quiet()
  for (let act = later.shift(); act; act = later.shift()) {
    act()
    await quiet()
  }
}

async function quiet(): Promise<void> {
  let before: number
  do {
    before = traffic.events
    await vi.advanceTimersByTimeAsync(5)
    await traffic.settle(service)
    await service.settle()
  } while (traffic.events !== before)
}

function retry(): void {
  vi.advanceTimersByTime(RETRY_MS)
}

function driverOf(connection: Connection, given: readonly GivenToken[]): SdkDriver {
  const { answers } = service
  return {
    given,
    listenerCount: () => Object.keys(connection.eventHandler?.handlerData ?? {}).length,
    warn: () => service.tellTime(endsAt - 1000),
    expire: () => service.tellTime(endsAt),
    expireQuietly() {
      service.cut()
      answers.login = 'expired'
      later.push(retry, () => (answers.login = 'ok'))
    },
    dropLine: () => service.cut(),
    restoreLine: () => later.push(retry),
    userLeaves: async () => connection.close(),
    ban: () => service.putOut('removed'),
    conflict: () => service.putOut('otherLogin'),
    set(call, behaviour) {
      if (call === 'leave') return
      answers[call === 'join' ? 'login' : 'renewal'] =
        behaviour === 'refuse' ? 'invalid' : behaviour
    },
    answer: () => service.answerAll(),
    settle,
  }
}

describe('chat', () => {
  it('takes a connection of the real SDK', () => {
    expectTypeOf<Connection>().toExtend<ChatConnection>()
    expectTypeOf<Omit<ChatConnection, 'open'>>().not.toExtend<ChatConnection>()
    expectTypeOf<ChatConnection['addEventHandler']>().parameter(1).not.toBeAny()
  })
})

describe('chat with the real agora-chat', () => {
  beforeAll(async () => {
    AgoraChat.logger.disableAll()
    service = await createChatService({ endOf: () => endsAt })
    traffic = watchTraffic()
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    })
    endsAt = Date.now() + FAR_MS
  })
  afterEach(() => vi.clearAllTimers())
  afterAll(async () => {
    vi.useRealTimers()
    await service.close()
    vi.unstubAllGlobals()
  })

  for (const check of adapterContract(make)) {
    it.skipIf(check.name === NEEDS_TIME)(check.name, check.run)
  }

  it('shows the service its tokens, also when the line comes back and when the SDK renews', async () => {
    const { renewer, clock, driver, source, settled } = contractSession(await make())
    const first = service.seen.length
    await settled(renewer.join())
    await clock.advance(60_000)
    driver.warn()
    await clock.advance(0)
    driver.dropLine?.()
    await clock.advance(0)
    driver.restoreLine?.()
    await clock.advance(0)
    const [one, two] = source.tokens
    expect(service.seen.slice(first)).toEqual([
      { by: 'login', user: 'anna', token: one },
      { by: 'renewal', user: 'anna', token: two },
      { by: 'login', user: 'anna', token: two },
    ])
    await settled(renewer.leave())
  })

  it('comes back when the token has ended while the line was down', async () => {
    const { renewer, clock, driver, count, settled } = contractSession(await make())
    await settled(renewer.join())
    service.answers.login = 'expired'
    driver.dropLine?.()
    await clock.advance(0)
    driver.restoreLine?.()
    await clock.advance(0)
    expect(count('expired')).toBe(1)
    service.answers.login = 'ok'
    await clock.advance(60_000)
    expect([count('rejoined'), renewer.phase]).toEqual([1, 'fresh'])
    await settled(renewer.leave())
  })
})
