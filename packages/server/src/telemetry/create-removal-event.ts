import type { Identity } from '@rtc-token/core'
import type { ServiceName } from '@rtc-token/core/contract'

import { eventIdentity, lineOf, masked } from './create-token-event.ts'
import type { ModerationEvent, UserReadmitted, UserRemoved } from './token-event.ts'

/** The user, channel and services of a removal or a readmission. @internal */
export interface RemovalFacts {
  readonly identity: Identity | undefined
  readonly subjectId: string | undefined
  readonly channel: string | undefined
  readonly services: readonly ServiceName[] | undefined
  readonly reason: string | undefined
}

/** A removal with its results. @internal */
interface RemovedFacts extends RemovalFacts {
  /** Unix seconds. */
  readonly until: number
  readonly held: { readonly refusal: boolean; readonly ban: boolean | undefined }
}

/** Makes the event of a removal. @internal @param time - Unix milliseconds */
export function removedEvent(time: number, { until, held, ...facts }: RemovedFacts): UserRemoved {
  const refusal = wordOf(held.refusal)
  return { type: 'user.removed', ...userEvent(time, facts, held.ban), until, refusal }
}

/** Makes the event of a readmission. @internal @param time - Unix milliseconds */
export function readmittedEvent(
  time: number,
  { ban, ...facts }: RemovalFacts & { readonly ban: boolean | undefined },
): UserReadmitted {
  return { type: 'user.readmitted', ...userEvent(time, facts, ban) }
}

function userEvent(
  time: number,
  { identity, subjectId, channel, services, reason }: RemovalFacts,
  ban: boolean | undefined,
): ModerationEvent {
  return {
    time,
    identity: identity && eventIdentity(identity),
    subjectId: masked(subjectId),
    channel: masked(channel),
    services,
    reason: lineOf(reason),
    ban: ban === undefined ? undefined : wordOf(ban),
  }
}

function wordOf(held: boolean): 'held' | 'failed' {
  return held ? 'held' : 'failed'
}
