import { Refusal } from '../errors/refusal.ts'
import { userText } from '../policy/policy.ts'
import type { Audit } from '../telemetry/audit.ts'
import { readmittedEvent, removedEvent } from '../telemetry/create-removal-event.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { UserReadmitted, UserRemoved } from '../telemetry/token-event.ts'
import { isThenable, withDeadline } from '../time/deadline.ts'
import {
  type Readmission,
  readReadmission,
  readRemoval,
  type Removal,
  type RemovalOrder,
} from './read-removal.ts'
import type { RemovalGuard } from './removal-guard.ts'
import { keysOfReadmission, keysOfRemoval, subjectName, userName } from './removal-keys.ts'
import type { BannedUser } from './user-bans.ts'

/** Whether a step succeeded, and the error if it did not. */
export type Outcome =
  | { readonly held: true; readonly error?: undefined }
  | { readonly held: false; readonly error: unknown }

/** The result of `handler.remove`. */
export interface RemovalReport {
  /** When the user can get tokens again, in Unix seconds. */
  readonly until: number
  /** Whether this endpoint refuses new tokens and renewals. */
  readonly refusal: Outcome
  /**
   * Whether Agora banned the user, which also disconnects the user and blocks tokens already issued. With `rest` only.
   */
  readonly ban?: Outcome
}

/** The result of `handler.readmit`. */
export interface ReadmissionReport {
  /** Whether the user was still removed from this channel or these services. */
  readonly wasRemoved: boolean
  /** Whether Agora lifted its ban. With `rest` only. */
  readonly ban?: Outcome
}

/** The settings that removing needs. */
interface RemovalSettings {
  readonly removals: RemovalGuard | undefined
  readonly ttl: { readonly max: number }
  readonly timeoutMs: number
  readonly audit: Audit | undefined
  readonly telemetry: Telemetry | undefined
  /** Unix time in milliseconds. */
  readonly clock: () => number
}

const SHORTEST_BAN = 10
// The longest ban that Agora accepts: 30 seconds more than a token can live.
const LONGEST_BAN = 86_430

/**
 * Removes a user: stores the removal and, with `rest`, bans the user at Agora at the same time. A failure of one does
 * not undo the other.
 *
 * @internal
 * @throws {TypeError | TokenError} when the removal is malformed or there is no store
 * @throws {Refusal} removals_unavailable when both failed
 */
export async function removeUser<S>(
  settings: RemovalSettings,
  removal: Removal<S>,
): Promise<RemovalReport> {
  const { store, add } = guardOf(settings, 'remove')
  // Whole seconds, like the issue time of a token, so that the last token and the removal end together.
  const now = Math.floor(settings.clock() / 1000)
  const order = readRemoval(removal, now, settings.ttl.max)
  const { seconds, rest } = order
  const keys = keysOfRemoval(nameOf(order, store.local === true), order)
  const banSeconds = Math.min(Math.max(seconds, SHORTEST_BAN), LONGEST_BAN)
  const [stored, banned] = await Promise.all([
    attempt(() => inTime(settings, add(keys, seconds))),
    rest && attempt(() => rest.ban({ ...userOf(order), seconds: banSeconds })),
  ])
  const until = now + seconds
  const held = { refusal: stored.held, ban: banned?.held }
  await record(settings, removedEvent(settings.clock(), { ...order, until, held }))
  if (stored.held || banned?.held === true) {
    return { until, refusal: outcome(stored), ...(banned && { ban: outcome(banned) }) }
  }
  throw unavailable(stored.error, ...(banned ? [banned.error] : []))
}

/**
 * Readmits a removed user, in the store first: a ban must not be lifted while this endpoint still refuses the user.
 *
 * @internal
 * @throws {TypeError | TokenError} when the readmission is malformed or there is no store
 * @throws {Refusal} removals_unavailable when the store fails
 */
export async function readmitUser<S>(
  settings: RemovalSettings,
  readmission: Readmission<S>,
): Promise<ReadmissionReport> {
  const { store } = guardOf(settings, 'readmit')
  const order = readReadmission(readmission)
  const { rest } = order
  const keys = keysOfReadmission(nameOf(order, store.local === true), order)
  const lifted = await attempt(() => inTime(settings, store.delete(keys)))
  if (!lifted.held) throw unavailable(lifted.error)
  const ban = rest && outcome(await attempt(async () => rest.unban?.(userOf(order))))
  await record(settings, readmittedEvent(settings.clock(), { ...order, ban: ban?.held }))
  return { wasRemoved: lifted.answer, ...(ban && { ban }) }
}

function guardOf({ removals }: RemovalSettings, what: string): RemovalGuard {
  if (removals) return removals
  throw new TypeError(`${what}: the option removals is not set, for example to memoryRemovals()`)
}

function nameOf({ identity, subjectId = '' }: RemovalOrder, isLocal: boolean): string {
  return identity ? userName(userText(identity), isLocal) : subjectName(subjectId, isLocal)
}

function userOf({ channel, identity }: RemovalOrder): BannedUser {
  return { ...(channel !== undefined && { channel }), ...identity }
}

type Attempt<T> =
  | { readonly held: true; readonly answer: T }
  | { readonly held: false; readonly error: unknown }

async function attempt<T>(step: () => T | Promise<T>): Promise<Attempt<T>> {
  try {
    return { held: true, answer: await step() }
  } catch (error) {
    return { held: false, error }
  }
}

function outcome(attempted: Attempt<unknown>): Outcome {
  return attempted.held ? { held: true } : attempted
}

// Waits longer than a request does: for a moderator, a late success is better than an early failure.
function inTime<T>({ timeoutMs }: RemovalSettings, answer: T | Promise<T>): T | Promise<T> {
  if (!isThenable(answer)) return answer
  return withDeadline<T>(timeoutMs, answer, (reject) =>
    reject(new Error(`no answer within ${timeoutMs} ms`)),
  )
}

function unavailable(...errors: readonly unknown[]): Refusal {
  const [cause, ...others] = errors
  const all =
    others.length > 0
      ? new AggregateError(errors, 'neither the store nor Agora recorded it')
      : cause
  return new Refusal('removals_unavailable', undefined, { cause: all })
}

// The audit comes first, as for tokens. It does not reject, because the user is removed even if the write fails.
async function record(
  { audit, telemetry }: RemovalSettings,
  event: UserRemoved | UserReadmitted,
): Promise<void> {
  await audit?.(event)
  telemetry?.event?.(event)
}
