import { type KnownService, LAYOUTS } from '../layout/layouts.ts'
import type { Expected } from './expectations.ts'
import type { HeldService } from './held.ts'

type Service = KnownService['service']

/** A door at which a token is used, and what the token holds for it. */
export interface Door {
  /** `undefined`: nothing says which, and the token holds some that it may be. */
  readonly service: Service | undefined
  /** From what it was inferred, as the end of a clause; blank where it was given. */
  readonly why: string
  readonly used: readonly HeldService[]
}

/** What else opens a door: RTM 2.x reads both kinds, and ConvoAI and STT take the token of a call. */
const ALSO: { readonly [Name in Service]?: Service } = {
  rtm: 'rtm2',
  rtm2: 'rtm',
  convoAI: 'rtc',
  stt: 'rtc',
}

/** The privileges of which one opens the door. Not listed: any; agora-token gives aPaaS none. */
const KEYS: { readonly [Name in Service]?: readonly string[] } = { rtc: ['joinChannel'], apaas: [] }

/** The privileges of which one opens the door of a service; empty where none is needed. */
export function keysOf(service: Service): readonly string[] {
  return KEYS[service] ?? Object.keys(LAYOUTS[service].privilegeIds)
}

/** The doors at which a token is used: the one that was given, or those of which the names speak. */
export function doorsOf(expected: Expected, held: readonly HeldService[]): Door[] {
  const { service, channel, user, userId } = expected
  const door = (name: Service, given?: string): Door => {
    const used = held.filter((it) => it.service === name || it.service === ALSO[name])
    return { service: name, why: given ? `, as a ${given} was given` : '', used }
  }
  if (service) return [door(service)]
  const isCall = held.some((it) => it.service === 'rtc') || userId !== undefined
  const calls =
    channel || (user !== undefined && isCall) ? [door('rtc', channel ? 'channel' : 'user')] : []
  if (calls[0] && userId === undefined) return calls
  const used = held.filter(({ user: name }) =>
    userId === undefined ? user === undefined || name : name?.kind === 'userId',
  )
  if (used[0]) return [...calls, { service: undefined, why: '', used }]
  const call = door('rtc', user === undefined ? undefined : 'user')
  return [...calls, userId === undefined ? call : door('rtm', 'userId')]
}
