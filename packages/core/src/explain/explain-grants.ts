import { FIRST_TIMESTAMP } from '../checks/limits.ts'
import { LAYOUTS } from '../layout/layouts.ts'
import { keysOf } from './doors.ts'
import type { Tell } from './finding.ts'
import type { HeldService } from './held.ts'
import { tellLength } from './explain-time-006.ts'
import { ended } from './wording.ts'

/** What the expiry of privileges is compared with. */
export interface Clock {
  readonly version: '006' | '007'
  /** Unix seconds: when the token itself expires. */
  readonly end: number
  /** Unix seconds. */
  readonly now: number
}

/** Explains whether a service grants what it needs, and for how much longer. */
export function explainGrants(tell: Tell, { service, ends }: HeldService, clock: Clock): void {
  const keys = keysOf(service)
  const missing = Object.keys(LAYOUTS[service].privilegeIds).filter((name) => !(name in ends))
  const others = missing.filter((name) => !keys.includes(name))
  if (keys[0] && keys.every((name) => missing.includes(name))) {
    const message = `Expected the privilege ${keys.join(' or ')} of ${service}, but the token does not grant it.`
    tell('NO_JOIN_PRIVILEGE', message)
  } else if (keys[0] && others[0]) {
    const message = `Publishing needs every privilege, but the token does not grant ${others.join(', ')}.`
    tell('NO_PUBLISH_PRIVILEGE', message)
  }
  explainEnds(tell, service, ends, clock)
}

function explainEnds(
  tell: Tell,
  service: HeldService['service'],
  ends: HeldService['ends'],
  { version, end, now }: Clock,
): void {
  const keys = keysOf(service).filter((name) => name in ends)
  // In 006, a duration is read as a time in 1970.
  const isLength = (at: number) => version === '006' && at < FIRST_TIMESTAMP
  const isOver = (at: number) => at !== 0 && at <= now && now < end
  const isShut = keys.every((name) => isOver(ends[name]!))
  for (const [name, at] of Object.entries(ends)) {
    const isKey = keys.includes(name)
    if (at === 0) continue
    if (isLength(at)) tellLength(tell, name, at, isKey ? 'fatal' : 'warning')
    else if (isOver(at)) {
      const message = ended(`The privilege ${name} of ${service}`, at, now)
      tell(isKey && isShut ? 'JOIN_ENDED' : 'PRIVILEGE_ENDED', message)
    }
  }
}
