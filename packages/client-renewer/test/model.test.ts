import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { RenewError } from '../src/errors.ts'
import { createRenewer, type Renewer, type TokenGrant, type TokenRequest } from '../src/index.ts'
import { rtcNg } from '../src/adapters/rtc-ng.ts'
import { EVENTS } from '../src/testing/contract-session.ts'
import { FakeRtcNgClient, type FakeTrack } from './support/fake-rtc-ng.ts'
import { session } from './support/session.ts'

// All that can happen, in any order: to the client, the endpoint, the device and the clock, and what an app
// does about it, also within each event. Always:
//
//  1. one flight: there are never two requests for a token under way, nor two calls of `renewToken`, nor two of
//     `beforeRejoin`;
//  2. nothing joins after the user has left or was banned, or after `dispose`, unless the app asks for it: the
//     client is only ever joined by a renewer that says so, and one renewer has the client;
//  3. a user who hangs up in the channel is never in it again by itself;
//  4. nothing is published that was not live, and nothing that was taken out or closed;
//  5. `stopped` is told once for each session;
//  6. no rejection is unhandled, and no promise is left unsettled;
//  7. after the end there is no timer and no listener;
//  8. there are ten attempts at once, and then one a second, with a few timers each;
//  9. no event contains a token;
// 10. the user is back within 20 seconds of a healthy endpoint, however long it has asked to wait before,
//     unless the session is over or the app has to act; and has a live token in the end.

const RUNS = 20_000 * Number(process.env['RANDOM_SHARE'])
const SEED = Number(process.env['RANDOM_SEED'])
const TIMEOUT_MS = 3_600_000
const HOUR_MS = 3_600_000
const never = () => new Promise<never>(() => {})

/** What happened in a run, and what should not have. */
interface World extends ReturnType<typeof session> {
  readonly faults: Set<string>
  readonly unsettled: Set<Promise<unknown>>
  readonly tracks: readonly FakeTrack[]
  /** Tracks that the user has published and not taken out. */
  readonly live: Set<FakeTrack>
  /** Calls of the client that are never answered. */
  readonly mute: Set<string>
  /** The renewer, and once the app has made it, another one for the same client. */
  readonly renewers: Renewer[]
  /** What each grant says besides; `bare`: nothing but the token. */
  odd: Readonly<Record<string, unknown>> | 'bare'
  random: number
  isPersonAsked: boolean
  /** Answers what `beforeRejoin` has asked a person. */
  readonly questions: (() => void)[]
  /** Whether the user has hung up while in the channel. */
  hasHungUp: boolean
  /** Whether the token has ended the session, which is not back. */
  isOut: boolean
  timers: number
  fetches: number
  isOffline: boolean
  /** Joins that the app has asked for and that are under way. */
  joins: number
  /** Sessions that have begun: no more can be over. */
  begun: number
  /** Whether the client was out of the channel without a word, which shows when a token is due. */
  isSilent: boolean
  /** What is done, by the event, when it is told next, or each time. */
  readonly armed: Map<string, { readonly act: Act; readonly isSteady: boolean }>
}

type Step = readonly [name: string, run: (world: World) => unknown]

const busy = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 600_000 })
const denied = new RenewError('SOURCE_DENIED', 'no')
const NUMBERS = [Number.NaN, Infinity, -Infinity, -1, 0, 1e300, '10', null]
const steps: readonly Step[] = [
  ...[1, 500, 5000, 31_000, 100_000, 190_000].map((ms): Step => [
    `advance ${ms}`,
    ({ clock }) => clock.advance(ms),
  ]),
  // The first brings a notice, which a listener may answer with anything.
  ['tokens of a week', ({ server }) => (server.ttl = 604_800)],
  ['tokens of three minutes', ({ server }) => (server.ttl = 180)],
  ['tokens of ten seconds', ({ server }) => (server.ttl = 10)],
  ['tokens that do not say how long they live', (it) => (it.odd = 'bare')],
  ['sleep', ({ clock }) => clock.sleep(8 * 3_600_000)],
  ...[-86_400_000, 86_400_000].map((ms): Step => [
    `set the clock by ${ms}`,
    (it) => it.clock.jump(ms),
  ]),
  ...(['wake', 'offline', 'online'] as const).map((signal): Step => [
    signal,
    (it) => tellOfDevice(it, signal),
  ]),
  ['warn', ({ client }) => client.connectionState === 'CONNECTED' && client.warn()],
  ['expire', ({ client }) => client.connectionState === 'CONNECTED' && client.expire()],
  ['expire silently', ({ client }) => isReconnecting(client) && client.expireSilently()],
  ['drop', ({ client }) => client.connectionState === 'CONNECTED' && client.dropLine()],
  ['drop media', ({ client }) => isReconnecting(client) && client.dropMedia()],
  ['restore', ({ client }) => isReconnecting(client) && client.restoreLine()],
  ['out without a word', (it) => vanish(it)],
  ['answer', ({ client }) => client.answer()],
  ['a person is asked', (it) => (it.isPersonAsked = true)],
  ['the person answers', (it) => answerPerson(it)],
  ...(['ok', 'hang'] as const).flatMap((how): Step[] => [
    [`source ${how}`, ({ server }) => (server.answer = how)],
    [`renewToken ${how}`, ({ client }) => (client.onRenew = how)],
    [`join ${how}`, ({ client }) => (client.onJoin = how)],
    [`publish ${how}`, ({ client }) => (client.onPublish = how)],
    [`leave ${how}`, ({ client }) => (client.onLeave = how)],
  ]),
  ...(['join', 'leave', 'publish'] as const).map((call): Step => [
    `${call} is never answered`,
    ({ mute }) => mute.add(call),
  ]),
  ['calls are answered again', ({ mute }) => mute.clear()],
  ['source fails', ({ server }) => (server.answer = new Error('down'))],
  ['source busy', ({ server }) => (server.answer = busy)],
  ['source denies', ({ server }) => (server.answer = denied)],
  ['renewToken fails', ({ client }) => (client.onRenew = new Error('UNEXPECTED_RESPONSE'))],
  ['join fails', ({ client }) => (client.onJoin = new Error('CAN_NOT_GET_GATEWAY_SERVER'))],
  ['publish fails', ({ client }) => (client.onPublish = new Error('TRACK_IS_DISABLED'))],
]

/** A wrong number, where one comes in. */
const hostile: fc.Arbitrary<Step> = fc
  .record({
    number: fc.constantFrom(...NUMBERS),
    where: fc.constantFrom('expiresIn', 'renewIn', 'issuedAt', 'retryAfterMs', 'random'),
  })
  .map(({ number, where }): Step => [
    `${where} is ${number}`,
    (it) => {
      if (where === 'random') it.random = Number(number)
      else if (where === 'retryAfterMs') it.server.answer = likeOurs(number)
      else it.odd = { [where]: number }
    },
  ])

/** What an app does, at any time and within any event. */
const ACTS = {
  renew: (it) => watch(it, it.renewer.renew()),
  join: (it) => watch(it, joinAgain(it, it.renewer)),
  start: (it) => startAgain(it, it.renewer),
  leave: (it) => watch(it, it.renewer.leave()),
  dispose: (it) => it.renewer.dispose(),
  'another.start': (it) => startAgain(it, another(it)),
  'another.leave': (it) => watch(it, another(it).leave()),
  'another.dispose': (it) => another(it).dispose(),
  ban: ({ client }) => client.connectionState === 'CONNECTED' && client.kick('UID_BANNED'),
  'client.leave': (it) => quietly(hangUp(it)),
  'client.join': (it) => quietly(joinByItself(it)),
  'client.publish': (it) => quietly(publish(it)),
  'client.unpublish': (it) => quietly(unpublish(it)),
  'setEnabled(false)': ({ tracks }) => (tracks[0]!.enabled = false),
  'setEnabled(true)': ({ tracks }) => (tracks[0]!.enabled = true),
  close: ({ tracks, live }) => {
    tracks[1]!._isClosed = true
    live.delete(tracks[1]!)
  },
  throw: () => {
    throw new Error('listener')
  },
} satisfies Record<string, (world: World) => unknown>

type Act = keyof typeof ACTS
const acts = Object.keys(ACTS) as Act[]
/** What may become a loop. */
const LOOPS: readonly (readonly [string, Act])[] = [
  ['renewed', 'renew'],
  ['failed', 'renew'],
  ['retry', 'renew'],
  ['phase', 'renew'],
  ['phase', 'join'],
  ['stopped', 'join'],
  ['stopped', 'leave'],
  ['phase', 'start'],
  ['stopped', 'start'],
  ['phase', 'leave'],
  ['phase', 'another.start'],
]

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...steps) },
  { weight: 1, arbitrary: hostile },
  { weight: 1, arbitrary: fc.constant<Step>(['advance a second in parts', advanceInParts]) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...LOOPS)
      .map(([event, act]): Step => [
        `${act} on each ${event}`,
        ({ armed }) => armed.set(event, { act, isSteady: true }),
      ]),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...acts)
      .map((act): Step => [act, (it) => attempt(() => ACTS[act](it))]),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        event: fc.constantFrom(...EVENTS),
        act: fc.constantFrom(...acts),
        isSteady: fc.boolean(),
      })
      .map(({ event, ...armed }): Step => [
        `${armed.act} on ${armed.isSteady ? 'each' : 'the next'} ${event}`,
        (it) => it.armed.set(event, armed),
      ]),
  },
)

describe('a renewer in any order of events', () => {
  const rejections: unknown[] = []
  const onRejection = (reason: unknown) => rejections.push(reason)
  // What a listener throws is reported there.
  const report = vi.spyOn(console, 'error')
  beforeAll(() => {
    process.on('unhandledRejection', onRejection)
    report.mockImplementation(() => {})
  })
  afterAll(() => {
    process.off('unhandledRejection', onRejection)
    report.mockRestore()
  })

  it(
    `keeps its promises, ${RUNS} times from the seed ${SEED}`,
    async () => {
      const property = fc.asyncProperty(
        fc.array(step, { maxLength: 25 }),
        fc.boolean(),
        async (steps, hasTracks) => {
          const world = await begin(hasTracks)
          for (const [, run] of steps) {
            await measured(world, () => run(world))
            check(world)
          }
          await end(world)
          expect([...world.faults].join('; '), steps.map(([name]) => name).join(', ')).toBe('')
        },
      )
      await fc.assert(property, { numRuns: RUNS, seed: SEED })
      expect(rejections).toEqual([])
    },
    TIMEOUT_MS,
  )
})

async function begin(hasTracks: boolean): Promise<World> {
  const tracks: FakeTrack[] = [{ name: 'camera' }, { name: 'microphone' }]
  const live = new Set<FakeTrack>()
  const base = session({
    ...(hasTracks && { tracks: () => [...live] }),
    random: () => world.random,
    source: (request) => fetch(world, request),
    beforeRejoin: () => askPerson(world),
    beforeRejoinTimeoutMs: 60_000,
  })
  const world: World = {
    ...base,
    faults: new Set(),
    unsettled: new Set(),
    tracks,
    live,
    mute: new Set(),
    renewers: [],
    odd: {},
    random: 0.5,
    isPersonAsked: false,
    questions: [],
    hasHungUp: false,
    isOut: false,
    timers: 0,
    fetches: 0,
    isOffline: false,
    joins: 0,
    begun: 1,
    isSilent: false,
    armed: new Map(),
  }
  // Looks like a token and cannot be read: reading thousands is not what this is about.
  let count = 0
  world.server.ttl = 180
  world.server.mint = () => `008token${++count}`
  guardClient(world)
  countTimers(world)
  add(world, world.renewer)
  await world.renewer.join()
  for (const track of tracks) {
    live.add(track)
    await app.publish.call(world.client, track)
  }
  for (const event of EVENTS) world.renewer.on(event, () => react(world, event))
  return world
}

/** The calls that the app itself makes. */
const app = FakeRtcNgClient.prototype

/** Watches what renewers do to the client. */
function guardClient(world: World): void {
  const { client, faults, live, mute, renewers } = world
  let renewals = 0
  client.join = (...args) => {
    const joining = renewers.filter(({ phase }) => /^(re)?joining$/.test(phase))
    if (joining.length !== 1) faults.add(`${joining.length} renewers join`)
    if (world.hasHungUp) faults.add('a user who has hung up is joined again')
    return mute.has('join') ? never() : app.join.apply(client, args)
  }
  client.leave = () => (mute.has('leave') ? never() : app.leave.call(client))
  client.publish = async (track, mustBeEnabled) => {
    if (!live.has(track)) faults.add('published what was not live')
    if (mute.has('publish')) await never()
    await app.publish.call(client, track, mustBeEnabled).catch((error: unknown) => {
      // The app is told of it.
      if (client.connectionState === 'CONNECTED') live.delete(track)
      throw error
    })
    // Also when the app has started a session anew while it was under way.
    if (client.localTracks.includes(track) && !track._isClosed) live.add(track)
  }
  client.renewToken = async (token) => {
    if (++renewals > 1) faults.add('two calls of renewToken at once')
    await app.renewToken.call(client, token).finally(() => renewals--)
  }
}

function countTimers(world: World): void {
  const { clock } = world
  const after = clock.after.bind(clock)
  clock.after = (ms, task) => {
    world.timers++
    if (!(ms >= 0 && ms < 2 ** 31)) world.faults.add(`a timer of ${ms} ms`)
    return after(ms, task)
  }
}

/** Watches what a renewer tells. */
function add(world: World, renewer: Renewer): void {
  const { live, faults, renewers, client } = world
  let stops = 0
  renewers.push(renewer)
  renewer.on('phase', (phase) => phase === 'joining' && live.clear())
  renewer.on('expired', () => (world.isOut = true))
  renewer.on('joined', () => (world.isOut = false))
  renewer.on('rejoined', () => (world.isOut = false))
  renewer.on('stopped', () => {
    if (++stops > world.begun) faults.add('stopped is told twice')
    world.isOut = false
    for (const track of live) if (!client.localTracks.includes(track)) live.delete(track)
  })
}

async function fetch(world: World, request: TokenRequest) {
  const { server, faults, odd } = world
  if (++world.fetches > 1) faults.add('two requests at once')
  let isDone = false
  const done = () => {
    if (!isDone) world.fetches--
    isDone = true
  }
  request.signal.addEventListener('abort', done)
  try {
    const grant = await server.source(request)
    if (odd === 'bare') return Object(grant).token as string
    return { ...Object(grant), ...odd } as TokenGrant
  } finally {
    done()
  }
}

/** An error of an app that looks like a `RenewError`, with a wrong number. */
function likeOurs(retryAfterMs: unknown): Error {
  const looks = { name: 'RenewError', code: 'SOURCE_FAILED', retryable: true, retryAfterMs }
  return Object.assign(new Error('busy'), looks)
}

async function askPerson({ isPersonAsked, questions, faults }: World): Promise<void> {
  if (!isPersonAsked) return
  if (questions.length > 0) faults.add('beforeRejoin is called twice at once')
  await new Promise<void>((resolve) => {
    questions.push(resolve)
  })
}

function answerPerson({ questions }: World): void {
  for (const answer of questions.splice(0)) answer()
}

function tellOfDevice(world: World, signal: 'wake' | 'offline' | 'online'): void {
  if (signal !== 'wake') world.isOffline = signal === 'offline'
  world.device.signal(signal)
}

/** Lets a second pass, in each part of which a loop could go on and on. */
async function advanceInParts({ clock }: World): Promise<void> {
  for (let i = 0; i < 100; i++) await clock.advance(10)
}

function vanish(world: World): void {
  if (world.client.connectionState !== 'CONNECTED') return
  world.isSilent = true
  Object.assign(world.client, { connectionState: 'DISCONNECTED', localTracks: [] })
}

function react(world: World, event: string): void {
  const armed = world.armed.get(event)
  if (!armed) return
  if (!armed.isSteady) world.armed.delete(event)
  ACTS[armed.act](world)
}

/** Another renewer for the same client, which the app makes by mistake. */
function another(world: World): Renewer {
  const { client, clock, device, renewers, live } = world
  if (renewers[1]) return renewers[1]
  const adapter = rtcNg(client, { appId: 'a', channel: 'room', tracks: () => [...live] })
  const source = (request: TokenRequest) => fetch(world, request)
  add(world, createRenewer(adapter, { source, clock, lifecycle: device }))
  for (const event of EVENTS) renewers[1]!.on(event, () => react(world, event))
  return renewers[1]!
}

async function joinAgain(world: World, renewer: Renewer): Promise<void> {
  // The app asks for it: from now on the user wants to be in.
  if (renewer.phase !== 'fresh') world.hasHungUp = false
  world.joins++
  world.begun++
  await renewer.join().finally(() => world.joins--)
}

function startAgain(world: World, renewer: Renewer): void {
  world.begun++
  renewer.start('008started')
  const { live, client } = world
  world.isOut = false
  for (const track of live) if (!client.localTracks.includes(track)) live.delete(track)
}

async function hangUp(world: World): Promise<void> {
  const { client, live, mute, joins } = world
  // Where the client is out of the channel it says nothing, and that cannot be known. A join that the app has
  // asked for before is its own affair.
  const isNoticed = client.connectionState === 'CONNECTED' && !mute.has('leave') && joins === 0
  if (isNoticed) world.hasHungUp = true
  await client.leave()
  if (isNoticed) live.clear()
}

/** The app joins again by itself, as guides tell it to, with a token of its own. */
async function joinByItself(world: World): Promise<void> {
  const { client, live } = world
  if (client.connectionState !== 'DISCONNECTED' || world.isSilent || world.mute.has('join')) return
  world.hasHungUp = false
  await app.join.call(client, 'a', 'room', 'a token of the app', 4711)
  // It publishes by itself, too.
  for (const track of live) if (!client.localTracks.includes(track)) live.delete(track)
  world.isOut = false
}

async function publish({ client, live, tracks }: World): Promise<void> {
  const track = tracks[0]!
  if (client.localTracks.includes(track)) return
  await app.publish.call(client, track)
  live.add(track)
}

async function unpublish({ client, live, tracks }: World): Promise<void> {
  const track = tracks[1]!
  const { pendingLocalTracks = [] } = client._p2pChannel ?? {}
  const isThere = [...client.localTracks, ...pendingLocalTracks].includes(track)
  await client.unpublish(track)
  // What is not there yet the client cannot take out.
  if (isThere) live.delete(track)
}

function watch({ unsettled }: World, promise: Promise<unknown>): void {
  const watched = promise.catch(() => {}).finally(() => unsettled.delete(watched))
  unsettled.add(watched)
}

/** A call that the app makes to the client. */
function quietly(promise: Promise<unknown>): void {
  promise.catch(() => {})
}

function attempt(act: () => unknown): void {
  try {
    act()
  } catch {
    // Refused, as it may be.
  }
}

/** Does something, and counts the timers that it takes. */
async function measured(world: World, run: () => unknown): Promise<void> {
  const { clock, faults } = world
  const before = { timers: world.timers, at: clock.elapsed() }
  await run()
  await clock.advance(0)
  const timers = world.timers - before.timers
  // Ten attempts at once and then one a second: three waits, a request and a call of the SDK each.
  const most = 60 + (5.5 * (clock.elapsed() - before.at)) / 1000
  if (timers > most) faults.add(`${timers} timers`)
}

function check(world: World): void {
  const { armed, clock, client, device, renewers, faults, unsettled } = world
  // A join that waits for its turn has not begun.
  const isOver =
    world.joins === 0 && renewers.every(({ phase }) => /^(stopped|disposed|idle)$/.test(phase))
  // Nor has a start in a loop, and until then the phase is the one before.
  const mayStart = [...armed.values()].some(
    ({ act, isSteady }) => isSteady && act.endsWith('start'),
  )
  // Each leave that hangs is still waited for, for a while.
  const isClean =
    clock.timers <= unsettled.size && client.listenerCount + device.listenerCount === 0
  if (isOver && !isClean && !mayStart) faults.add('something is left after the end of the session')
  if (!isOver && world.hasHungUp && client.connectionState === 'DISCONNECTED') {
    faults.add('a user who has hung up is not noticed')
  }
}

async function end(world: World): Promise<void> {
  const { client, server, renewers, clock, faults, payloads } = world
  heal(world)
  await measured(world, () => clock.advance(20_000))
  const atRest = () => renewers.every(({ phase }) => /^(stopped|disposed|failed|idle)$/.test(phase))
  const isIn = () => client.connectionState === 'CONNECTED'
  const phases = () => renewers.map(({ phase }) => phase).join()
  if (!atRest() && !world.isSilent && (!isIn() || world.isOut))
    faults.add(`not back: ${client.connectionState} ${phases()}`)
  // As long as the longest wait that an endpoint can ask for while the user is in the channel.
  await measured(world, () => clock.advance(world.isSilent ? 24 * HOUR_MS : HOUR_MS + 100_000))
  check(world)
  // Where the life of the token is not known there is no time at which to look.
  const isBlind = world.isSilent && renewers.some(({ remainingMs }) => remainingMs === undefined)
  const isSupplied = isBlind || (isIn() && renewers.some(({ phase }) => phase === 'fresh'))
  if (!atRest() && !isSupplied) faults.add(`in the end: ${client.connectionState} ${phases()}`)
  if (world.unsettled.size > 0) faults.add('a promise never settled')
  const told = JSON.stringify(payloads)
  if (server.tokens.some((token) => told.includes(`${token}"`))) faults.add('a token in an event')
}

/** All is well again, from now on. */
function heal(world: World): void {
  const { client, server, isOffline } = world
  world.armed.clear()
  world.odd = {}
  world.random = 0.5
  world.mute.clear()
  server.answer = 'ok'
  server.ttl = 604_800
  client.onRenew = client.onJoin = client.onPublish = client.onLeave = 'ok'
  client.answer()
  world.isPersonAsked = false
  answerPerson(world)
  // Nothing else hurries what waits.
  if (isOffline) tellOfDevice(world, 'online')
  if (isReconnecting(client)) client.restoreLine()
}

function isReconnecting({ connectionState }: { readonly connectionState: string }): boolean {
  return connectionState === 'RECONNECTING'
}
