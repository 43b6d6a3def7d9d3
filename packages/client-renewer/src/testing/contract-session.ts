import type { RenewerEvents } from '../events.ts'
import { createRenewer, type Renewer } from '../renewer.ts'
import { type ManualClock, manualClock } from './manual-clock.ts'
import {
  type ScriptedSource,
  type ScriptedSourceOptions,
  scriptedSource,
} from './scripted-source.ts'
import type { AdapterUnderTest } from './sdk-driver.ts'

/** Longer than any call into an SDK may take. */
const LONG_MS = 120_000

/** The names of all events. @internal */
export const EVENTS: readonly (keyof RenewerEvents)[] = [
  'phase',
  'fetching',
  'joined',
  'renewed',
  'retry',
  'expired',
  'rejoined',
  'republished',
  'notice',
  'failed',
  'stopped',
]

/** An event that a renewer emitted. */
export interface Told {
  readonly event: keyof RenewerEvents
  readonly args: readonly unknown[]
}

/** An adapter under test with its renewer, and a clock and a source that the test controls. */
export interface ContractSession extends AdapterUnderTest {
  readonly clock: ManualClock
  readonly source: ScriptedSource
  readonly renewer: Renewer
  /** All events of the renewer, in order. */
  readonly told: readonly Told[]
  /** Returns how often the renewer emitted this event. */
  readonly count: (event: keyof RenewerEvents) => number
  /** Returns the tokens that the SDK got, in order, such as `join 1` for the source's first token. */
  readonly handed: () => readonly string[]
  /** Waits for a promise; if necessary, it advances the clock by two minutes. */
  readonly settled: <T>(promise: Promise<T>) => Promise<T>
}

/**
 * Creates a renewer for an adapter, and gives the test control of time, tokens and the SDK's service.
 *
 * @example
 * ```ts
 * const { renewer, clock, driver, count } = contractSession({ adapter, driver })
 * await renewer.join()
 * driver.expire()
 * await clock.advance(1000)
 * ```
 */
export function contractSession(
  { adapter, driver }: AdapterUnderTest,
  options?: ScriptedSourceOptions,
): ContractSession {
  const clock = manualClock(driver.settle?.bind(driver))
  const source = scriptedSource(options)
  const renewer = createRenewer(adapter, { source: source.source, clock, random: () => 0 })
  const told: Told[] = []
  for (const event of EVENTS) renewer.on(event, (...args: unknown[]) => told.push({ event, args }))
  return {
    adapter,
    driver,
    clock,
    source,
    renewer,
    told,
    count: (event) => told.filter((it) => it.event === event).length,
    handed: () => driver.given.map(({ by, token }) => `${by} ${source.tokens.indexOf(token) + 1}`),
    settled: (promise) => settled(clock, promise),
  }
}

async function settled<T>(clock: ManualClock, promise: Promise<T>): Promise<T> {
  let isPending = true
  const end = () => (isPending = false)
  promise.then(end, end)
  await clock.advance(0)
  if (isPending) await clock.advance(LONG_MS)
  if (isPending) throw new Error('adapter contract: it never settles')
  return promise
}
