import type { Session } from '../sessions/session.ts'
import type { SessionRegistry } from '../sessions/session-registry.ts'
import type { RestAnswer } from './rest-options.ts'

const NOT_FOUND: RestAnswer = { status: 404, json: { message: 'not found' } }
const NOT_IN = { in_channel: false }
const ROLES = { communication: 1, host: 2, audience: 3 } as const

/** What queries work with. */
interface QueryOptions {
  readonly appId: string
  readonly sessions: SessionRegistry
}

/**
 * Answers who is in a channel, and whether a user is.
 *
 * @param parts - of the path: `APPID/CHANNEL`, with `hosts_only` or without, or `property/APPID/UID/CHANNEL`
 */
export function answerQuery(
  { appId, sessions }: QueryOptions,
  parts: readonly string[],
): RestAnswer {
  const [first, ...rest] = parts
  if (first === appId) return data(usersOf(sessions.live({ channel: rest[0] ?? '' }), rest[1]))
  const [ofAppId, uid, channel = ''] = rest
  if (first !== 'property' || ofAppId !== appId) return NOT_FOUND
  return data(statusOf(sessions.live({ channel, uid: Number(uid) })[0]))
}

function usersOf(members: readonly Session[], only: string | undefined): object {
  const [first] = members
  if (!first) return { channel_exist: false }
  if (!first.isLive) {
    return { channel_exist: true, mode: 1, total: members.length, users: members.map(uidOf) }
  }
  const of = (role: string): number[] => members.filter((one) => one.role === role).map(uidOf)
  const found = { channel_exist: true, mode: 2, broadcasters: of('host') }
  const audience = of('audience')
  return only === 'hosts_only' ? found : { ...found, audience, audience_total: audience.length }
}

function statusOf(session: Session | undefined): object {
  if (!session) return NOT_IN
  const { member, isLive, role, joinedAt } = session
  const join = Math.floor(joinedAt / 1000)
  return { in_channel: true, uid: member.uid, join, role: ROLES[isLive ? role : 'communication'] }
}

function uidOf({ member }: Session): number {
  return member.uid
}

function data(found: object): RestAnswer {
  return { status: 200, json: { success: true, data: found } }
}
