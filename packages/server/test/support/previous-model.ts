import type { RtcPrivilege } from '@rtc-token/core'
import type { ServiceName } from '@rtc-token/core/contract'
import fc from 'fast-check'

import { agoraService, agoraToken006, agoraToken007, type ByPrivilege } from './agora-tokens.ts'
import { NOW } from './token-endpoint.ts'

/**
 * A previous token as a table, and what it says by a second reckoning: that of the endpoint must agree
 * with it.
 */
export interface PreviousModel {
  readonly version: '006' | '007'
  readonly issuedAt: number
  readonly ttl: number
  /** For several, one user in all of them; empty for any. */
  readonly user: string
  readonly channel: string
  /** Seconds from the issue by number, 0 for as long as the token; by service. */
  readonly lives: Partial<Readonly<Record<ServiceName, ByPrivilege>>>
}

const NUMBER_OF = {
  joinChannel: 1,
  publishAudioStream: 2,
  publishVideoStream: 3,
  publishDataStream: 4,
} as const satisfies Record<RtcPrivilege, number>
const GRACE = 600
const DAY = 86_400

const life = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constant(3600) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 3600 }) },
  { weight: 1, arbitrary: fc.integer({ min: 3600, max: 1e9 }) },
)
const livesOf = (...ids: number[]): fc.Arbitrary<ByPrivilege> =>
  fc.dictionary(fc.constantFrom(...ids).map(String), life, { noNullPrototype: true })
const withEntry = (lives: fc.Arbitrary<ByPrivilege>): fc.Arbitrary<ByPrivilege> =>
  fc
    .tuple(lives, fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, life))
    .map(([rest, entry]) => Object.assign(rest, { 1: entry }))
const mostlyWithEntry = (lives: fc.Arbitrary<ByPrivilege>): fc.Arbitrary<ByPrivilege> =>
  fc.oneof({ weight: 12, arbitrary: withEntry(lives) }, { weight: 1, arbitrary: lives })

/** Tokens of every kind and age, most of which can be renewed. */
export const previousModels: fc.Arbitrary<PreviousModel> = fc.record({
  version: fc.constantFrom('006' as const, '007' as const, '007' as const),
  issuedAt: fc
    .oneof(
      { weight: 12, arbitrary: fc.integer({ min: 0, max: 4300 }) },
      fc.constantFrom(87_000, 90_000),
    )
    .map((age) => NOW - age),
  ttl: fc.oneof({ weight: 6, arbitrary: fc.constant(3600) }, fc.constantFrom(60, 86_400, 200_000)),
  user: fc.constantFrom('7', '7', '7', '7', 'room-42', ''),
  channel: fc.constantFrom('room-42', 'room-42', 'room-42', 'room-42', 'room-43', '*'),
  lives: fc.record(
    {
      rtc: mostlyWithEntry(livesOf(2, 3, 4, 5, 1000)),
      rtm: mostlyWithEntry(livesOf(2)),
      chat: mostlyWithEntry(livesOf(2)),
    },
    { requiredKeys: [] },
  ),
})

/** Has agora-token sign it. A token of version 006 is for the call only, or for messaging. */
export function signModel({ version, issuedAt, ttl, user, channel, lives }: PreviousModel): string {
  if (version === '006') {
    const { rtc, rtm = {} } = lives
    const ends = (seconds: ByPrivilege) => mapped(seconds, (life) => life && issuedAt + life)
    if (rtc) return agoraToken006(channel, user || 0, ends(rtc), issuedAt + DAY)
    return agoraToken006(user, 0, ends({ 1000: rtm[1] ?? 0 }), issuedAt + DAY)
  }
  const services = [
    ...(lives.rtc ? [agoraService.rtc(channel, user || 0, lives.rtc)] : []),
    ...(lives.rtm ? [agoraService.rtm(user, lives.rtm)] : []),
    ...(lives.chat ? [agoraService.chat(user, lives.chat)] : []),
  ]
  return agoraToken007(services, { issuedAt, ttl })
}

/** When a service of it ends, in Unix seconds; nothing where it does not open that service. */
export function endOfService(model: PreviousModel, service: ServiceName): number | undefined {
  if (model.version === '006' && service !== 'rtc') return undefined
  return endOf(model, model.lives[service]?.[1])
}

/** When a privilege of its call ends, in Unix seconds, and when the call does. */
export function endOfPrivilege(model: PreviousModel, name: RtcPrivilege): number | undefined {
  const end = endOf(model, model.lives.rtc?.[NUMBER_OF[name]])
  const joinEnd = endOfService(model, 'rtc')
  return end === undefined || joinEnd === undefined ? undefined : Math.min(end, joinEnd)
}

function endOf({ version, issuedAt, ttl }: PreviousModel, life?: number): number | undefined {
  const tokenEnd = issuedAt + (version === '006' ? DAY : Math.min(ttl, DAY))
  return life === undefined
    ? undefined
    : Math.min(tokenEnd, life === 0 ? Infinity : issuedAt + life)
}

/** Whether it opens a service at a moment, or did up to ten minutes before. */
export function opens(model: PreviousModel, service: ServiceName, now: number): boolean {
  const end = endOfService(model, service)
  return end !== undefined && end > now - GRACE
}

/** Whether a privilege lasts for a second more, or lasted as long as the call. */
export function holds(model: PreviousModel, name: RtcPrivilege, now: number): boolean {
  const end = endOfPrivilege(model, name)
  return end !== undefined && (end >= now + 1 || end === endOfService(model, 'rtc'))
}

function mapped(values: ByPrivilege, change: (value: number) => number): ByPrivilege {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, change(value)]))
}
