import type { ContractSession } from './contract-session.ts'
import type { ScriptedSourceOptions } from './scripted-source.ts'
import type { SdkDriver } from './sdk-driver.ts'

/** A method of {@link SdkDriver} that not every SDK supports. */
export type Ability = {
  [Name in keyof SdkDriver]-?: undefined extends SdkDriver[Name] ? Name : never
}[keyof SdkDriver]

/** Creates a session with a new adapter. */
export type NewSession = (options?: ScriptedSourceOptions) => Promise<ContractSession>

/** A check without its adapter. @internal */
export interface Check {
  readonly name: string
  readonly needs?: readonly Ability[]
  readonly run: (session: NewSession) => Promise<void>
}

/** Throws unless both values are equal as JSON; `what` names them. @internal */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (got !== wanted) throw new Error(`adapter contract: ${what}: ${wanted} expected, got ${got}`)
}

/** Creates a session that has joined. @internal */
export async function joined(
  session: NewSession,
  options?: ScriptedSourceOptions,
): Promise<ContractSession> {
  const it = await session(options)
  await it.settled(it.renewer.join())
  same(it.adapter.link(), 'online', 'link() after the join')
  return it
}

/** Throws unless the session is over: no timers, no listeners, no more tokens for the SDK. @internal */
export async function isOver(it: ContractSession): Promise<void> {
  const { clock, driver } = it
  const before = it.handed()
  await clock.advance(0)
  same(clock.timers, 0, 'timers that are left')
  if (!driver.keepsListeners) same(driver.listenerCount(), 0, 'listeners that are left')
  driver.answer()
  await clock.advance(2 * HOUR_MS)
  same(it.handed(), before, 'tokens handed to the SDK, also after the end')
}

/** An hour: the default lifetime of a token in a check. @internal */
export const HOUR_MS = 3_600_000
/** When the renewer requests the token after one of an hour. @internal */
export const RENEWAL_MS: number = 0.75 * HOUR_MS
