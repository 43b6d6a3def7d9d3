import type { RenewerEvents } from '../events.ts'
import { createRenewer, type Renewer } from '../renewer.ts'
import { type ManualClock, manualClock } from './manual-clock.ts'
import {
  type ScriptedSource,
  type ScriptedSourceOptions,
  scriptedSource,
} from './scripted-source.ts'
import type { AdapterUnderTest } from './sdk-driver.ts'

/** More than any call into an SDK may take. */
const LONG_MS = 120_000

const EVENTS = [
  'phase',
  'fetching',
  'renewed',
  'retry',
  'expired',
  'rejoined',
  'republished',
  'notice',
  'failed',
  'stopped',
] as const satisfies readonly (keyof RenewerEvents)[]

/** Something that a renewer told. */
export interface Told {
  readonly event: keyof RenewerEvents
  readonly args: readonly unknown[]
}

/** An adapter under test with a renewer on it, in a time that passes by hand. */
export interface ContractSession extends AdapterUnderTest {
  readonly clock: ManualClock
  readonly source: ScriptedSource
  readonly renewer: Renewer
  /** Everything the renewer told, in order. */
  readonly told: readonly Told[]
  /** How often the renewer told this. */
  readonly count: (event: keyof RenewerEvents) => number
  /** What the SDK was handed, in order: `join 1` for the source's first token. */
  readonly handed: () => readonly string[]
  /** Waits for a promise, a while of the session's time if need be. */
  readonly settled: <T>(promise: Promise<T>) => Promise<T>
}

/**
 * Puts a renewer on an adapter, with everything around it in the hands of a test: time, tokens, and the
 * other side of the SDK.
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
