import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RenewError } from '../src/errors.ts'
import { session } from './support/session.ts'

// All that can happen, in any order. Some things never do; and once the faults are over, the user is in
// the channel with a live token, unless the session is over for good.

const RUNS = Number(process.env['MODEL_RUNS'] ?? 20_000)
const TIMEOUT_MS = 600_000
const tracks = [{ name: 'camera' }, { name: 'microphone' }]

/** What happened in a run, and what should not have. */
interface World extends ReturnType<typeof session> {
  readonly faults: Set<string>
  readonly unsettled: Set<Promise<unknown>>
  isOver: boolean
  /** Joins that the app itself has asked for and that are under way. */
  joins: number
  /** Done when the next event of this name is told. */
  armed: { readonly event: string; readonly act: Act } | undefined
}

type Act = 'renew' | 'leave' | 'ban' | 'dispose' | 'join' | 'start'
type Step = readonly [name: string, run: (world: World) => unknown]

const steps: readonly Step[] = [
  ...[1, 500, 5000, 31_000, 100_000, 190_000].map((ms): Step => [
    `advance ${ms}`,
    ({ clock }) => clock.advance(ms),
  ]),
  // The first brings a notice, which a listener may answer with anything.
  ['tokens of a week', ({ server }) => (server.ttl = 604_800)],
  ['tokens of three minutes', ({ server }) => (server.ttl = 180)],
  ['sleep', ({ clock }) => clock.sleep(8 * 3_600_000)],
  ...[-86_400_000, 86_400_000].map((ms): Step => [
    `set the clock by ${ms}`,
    (it) => it.clock.jump(ms),
  ]),
  ...(['wake', 'offline', 'online'] as const).map((signal): Step => [
    signal,
    ({ device }) => device.signal(signal),
  ]),
  ['warn', ({ client }) => client.connectionState === 'CONNECTED' && client.warn()],
  ['expire', ({ client }) => client.connectionState === 'CONNECTED' && client.expire()],
  ['expire silently', ({ client }) => isReconnecting(client) && client.expireSilently()],
  ['drop', ({ client }) => client.connectionState === 'CONNECTED' && client.dropLine()],
  ['restore', ({ client }) => isReconnecting(client) && client.restoreLine()],
  ['answer', ({ client }) => client.answer()],
  ...(['ok', 'hang'] as const).flatMap((how): Step[] => [
    [`source ${how}`, ({ server }) => (server.answer = how)],
    [`renewToken ${how}`, ({ client }) => (client.onRenew = how)],
    [`join ${how}`, ({ client }) => (client.onJoin = how)],
    [`publish ${how}`, ({ client }) => (client.onPublish = how)],
    [`leave ${how}`, ({ client }) => (client.onLeave = how)],
  ]),
  ['source fails', ({ server }) => (server.answer = new Error('down'))],
  ['source busy', ({ server }) => (server.answer = busy)],
  ['source denies', ({ server }) => (server.answer = denied)],
  ['renewToken fails', ({ client }) => (client.onRenew = new Error('UNEXPECTED_RESPONSE'))],
  ['join fails', ({ client }) => (client.onJoin = new Error('CAN_NOT_GET_GATEWAY_SERVER'))],
  ['publish fails', ({ client }) => (client.onPublish = new Error('TRACK_IS_DISABLED'))],
]
const acts: readonly Act[] = ['renew', 'leave', 'ban', 'dispose', 'join', 'start']
const events = 'phase fetching renewed retry expired rejoined republished notice'.split(' ')
const busy = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 20_000 })
const denied = new RenewError('SOURCE_DENIED', 'no')

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...steps) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...acts).map((act): Step => [act, (it) => perform(it, act)]),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ event: fc.constantFrom(...events), act: fc.constantFrom(...acts) })
      .map((armed): Step => [`${armed.act} on ${armed.event}`, (it) => (it.armed = armed)]),
  },
)

describe('a renewer in any order of events', () => {
  const rejections: unknown[] = []
  const onRejection = (reason: unknown) => rejections.push(reason)
  beforeAll(() => process.on('unhandledRejection', onRejection))
  afterAll(() => process.off('unhandledRejection', onRejection))

  it(
    'keeps its promises',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const world = await begin()
          for (const [, run] of steps) {
            await run(world)
            await world.clock.advance(0)
            check(world)
          }
          await end(world)
          expect([...world.faults]).toEqual([])
        }),
        { numRuns: RUNS },
      )
      expect(rejections).toEqual([])
    },
    TIMEOUT_MS,
  )
})

async function begin(): Promise<World> {
  const world: World = {
    ...session({ tracks: () => tracks, random: () => 0.5 }),
    faults: new Set(),
    unsettled: new Set(),
    isOver: false,
    joins: 0,
    armed: undefined,
  }
  const { client, renewer, faults } = world
  const join = client.join.bind(client)
  client.join = (...args) => {
    if (world.isOver && world.joins === 0) faults.add('joined after the session was over')
    return join(...args)
  }
  let renewals = 0
  const renewToken = client.renewToken.bind(client)
  client.renewToken = async (token) => {
    if (++renewals > 1) faults.add('two calls of renewToken at once')
    await renewToken(token).finally(() => renewals--)
  }
  // Looks like a token and cannot be read: reading thousands is not what this is about.
  let count = 0
  world.server.ttl = 180
  world.server.mint = () => `008token${++count}`
  await renewer.join()
  for (const event of events) renewer.on(event as 'phase', () => react(world, event))
  return world
}

function react(world: World, event: string): void {
  if (world.armed?.event !== event) return
  const { act } = world.armed
  world.armed = undefined
  perform(world, act)
}

function perform(world: World, act: Act): void {
  const { renewer, client } = world
  if (act === 'renew') watch(world, renewer.renew())
  if (act === 'join') watch(world, joinAgain(world))
  if (act === 'start' && !world.isOver) attempt(() => renewer.start('008started'))
  if (act === 'ban' && client.connectionState === 'CONNECTED') client.kick('UID_BANNED')
  if (act === 'leave') watch(world, renewer.leave())
  if (act === 'dispose') renewer.dispose()
  world.isOver ||= isOver(world)
}

function isOver({ renewer }: World): boolean {
  return renewer.phase === 'stopped' || renewer.phase === 'disposed'
}

async function joinAgain(world: World): Promise<void> {
  world.joins++
  await world.renewer.join().finally(() => world.joins--)
  world.isOver = isOver(world)
}

function watch({ unsettled }: World, promise: Promise<unknown>): void {
  const watched = promise.catch(() => {}).finally(() => unsettled.delete(watched))
  unsettled.add(watched)
}

function check({ clock, client, device, renewer, faults, unsettled }: World): void {
  // Each leave that hangs is still waited for, for a while.
  const listeners = client.listenerCount + device.listenerCount
  const isClean = clock.timers <= unsettled.size && listeners === 0
  if (renewer.phase === 'disposed' && !isClean) faults.add('something is left after dispose')
  if (renewer.phase === 'stopped' && !isClean) {
    faults.add('something is left after the end of the session')
  }
}

async function end(world: World): Promise<void> {
  const { client, device, server, renewer, clock, faults, payloads } = world
  world.armed = undefined
  server.answer = 'ok'
  // None that ends before the one in use, which would be refused.
  server.ttl = 604_800
  client.onRenew = client.onJoin = client.onPublish = client.onLeave = 'ok'
  client.answer()
  device.signal('online')
  if (isReconnecting(client)) client.restoreLine()
  // As long as the longest wait after a try that failed.
  await clock.advance(1_300_000)
  check(world)
  const isSupplied = renewer.phase === 'fresh' && client.connectionState === 'CONNECTED'
  const isAtRest = ['stopped', 'disposed', 'failed', 'idle'].includes(renewer.phase)
  if (!isAtRest && !isSupplied)
    faults.add(`${client.connectionState} and ${renewer.phase} in the end`)
  if (world.unsettled.size > 0) faults.add('a promise never settled')
  const told = JSON.stringify(payloads)
  if (server.tokens.some((token) => told.includes(token))) faults.add('a token in an event')
}

function isReconnecting({ connectionState }: { readonly connectionState: string }): boolean {
  return connectionState === 'RECONNECTING'
}

function attempt(act: () => unknown): void {
  try {
    act()
  } catch {
    // Refused, as it may be.
  }
}
