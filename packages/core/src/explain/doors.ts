import { type KnownService, LAYOUTS } from '../layout/layouts.ts'
import type { Expected } from './expectations.ts'
import type { HeldService } from './held.ts'

type Service = KnownService['service']

/** A service that the client uses a token for (a door), and what the token holds for it. */
export interface Door {
  /** `undefined`: unknown; it may be any of the services in `used`. */
  readonly service: Service | undefined
  /** Why it was inferred, as the end of a clause; empty if it was given. */
  readonly why: string
  readonly used: readonly HeldService[]
}

/** The other service that opens a door: RTM 2.x reads both kinds, and ConvoAI and STT accept the token of a call. */
const ALSO: { readonly [Name in Service]?: Service } = {
  rtm: 'rtm2',
  rtm2: 'rtm',
  convoAI: 'rtc',
  stt: 'rtc',
}

/** The privileges of which one opens the door. By default, any of the service's; agora-token gives aPaaS none. */
const KEYS: { readonly [Name in Service]?: readonly string[] } = { rtc: ['joinChannel'], apaas: [] }

/** Returns the privileges of which one opens the door of a service; empty if none is needed. */
export function keysOf(service: Service): readonly string[] {
  return KEYS[service] ?? Object.keys(LAYOUTS[service].privilegeIds)
}

/** Returns the doors that a token is used for: the given one, or those that the given names suggest. */
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
