import type { Who } from '../platform/member.ts'
import type { NumberedBan, Privilege } from '../sessions/ban-list.ts'
import type { RestAnswer, RestApiOptions } from './rest-options.ts'

type Json = Readonly<Record<string, unknown>>

const PRIVILEGES: ReadonlySet<unknown> = new Set(['join_channel', 'publish_audio', 'publish_video'])
const DEFAULT_MINUTES = 60

/** Answers what is asked of the banning rules: `POST` adds, `GET` lists, `PUT` moves the end, `DELETE` lifts. */
export function answerRule(options: RestApiOptions, method: string, json: Json): RestAnswer {
  if (json['appid'] !== options.appId) return malformed('invalid appid')
  switch (method) {
    case 'POST':
      return add(options, json)
    case 'GET':
      return done({ rules: options.bans.all().map((ban) => ruleOf(options.appId, ban)) })
    case 'PUT':
      return extend(options, json)
    case 'DELETE':
      options.bans.remove(Number(json['id']))
      return done({ id: json['id'] })
    default:
      return { status: 405, json: { message: 'no such method' } }
  }
}

function add({ bans, putOut, clock }: RestApiOptions, json: Json): RestAnswer {
  const who = readWho(json)
  if (typeof who === 'string') return malformed(who)
  const privileges = readPrivileges(json['privileges'])
  if (!privileges) return malformed('invalid privileges')
  const seconds = readSeconds(json)
  const id = bans.add({ who, privileges, expiresAt: clock() + seconds * 1000 })
  if (privileges.includes('join_channel')) putOut(who)
  return done({ id })
}

function extend({ bans, clock }: RestApiOptions, json: Json): RestAnswer {
  const isThere = bans.extend(Number(json['id']), clock() + readSeconds(json) * 1000)
  return isThere ? done({ result: [] }) : malformed('no such rule')
}

/** The users that a rule hits, or what is wrong with it. A rule that names neither would hit the whole project. */
function readWho({ cname, uid, ip }: Json): Who | string {
  if (ip !== undefined && ip !== '') return 'the stand-in bans no addresses'
  if (uid !== undefined && typeof uid !== 'number') return 'invalid uid'
  if (!uid && !cname) return 'cname, uid or ip expected'
  return {
    ...(typeof cname === 'string' && cname !== '' && { channel: cname }),
    ...(uid && { uid }),
  }
}

function readPrivileges(given: unknown): readonly Privilege[] | undefined {
  return isPrivileges(given) ? given : undefined
}

function isPrivileges(given: unknown): given is readonly Privilege[] {
  return Array.isArray(given) && given.length > 0 && given.every((one) => PRIVILEGES.has(one))
}

/** The length of a rule: `time` is in minutes. Out of range it is changed without a word; 0 puts out, and no more. */
function readSeconds({ time = DEFAULT_MINUTES, time_in_seconds: seconds }: Json): number {
  const isInSeconds = seconds !== undefined
  const given = Number(isInSeconds ? seconds : time)
  if (given === 0) return 0
  return isInSeconds ? clamp(given, 10, 86_430) : 60 * clamp(given, 1, 1440)
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

function ruleOf(appid: string, { id, who, privileges, expiresAt }: NumberedBan): object {
  const { channel: cname = '', uid = 0 } = who
  const ts = expiresAt === undefined ? '' : new Date(expiresAt).toISOString()
  return { id, appid, cname, uid, ip: '', ts, privileges }
}

function done(json: object): RestAnswer {
  return { status: 200, json: { status: 'success', ...json } }
}

function malformed(message: string): RestAnswer {
  return { status: 400, json: { message } }
}
