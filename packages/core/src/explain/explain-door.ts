import { compareNames, memberOf, NAME_MEMBERS, type NamesLook } from './compare-names.ts'
import type { Door } from './doors.ts'
import type { Expected } from './expectations.ts'
import { type Clock, explainGrants } from './explain-grants.ts'
import { explainName } from './explain-name.ts'
import type { Tell } from './finding.ts'
import type { HeldName, HeldService } from './held.ts'

/**
 * Explains what a token holds for a service.
 *
 * @param all - the names of all services that it holds
 */
export function explainDoor(
  tell: Tell,
  door: Door,
  all: readonly string[],
  expected: Expected,
  clock: Clock,
): NamesLook {
  tellOther(tell, door, all)
  if (!door.used[0]) return { members: NAME_MEMBERS, fitting: [] }
  const look = compareNames(tell, door.used, expected)
  for (const held of look.fitting) {
    explainNames(tell, held, (name) => expected[memberOf(name, expected)] !== undefined)
    explainGrants(tell, held, clock)
  }
  return look
}

/**
 * Explains the names that a service holds by themselves.
 *
 * @param isGiven - whether a name was compared
 */
export function explainNames(
  tell: Tell,
  held: HeldService,
  isGiven: (name: HeldName) => boolean,
): void {
  for (const name of [held.channel, held.user]) {
    if (name) explainName(tell, held, name, isGiven(name))
  }
}

/** Reports a token for another service. */
function tellOther(tell: Tell, { service, why, used }: Door, all: readonly string[]): void {
  if (!service || used.some((held) => held.service === service)) return
  const message = `Expected ${service.toUpperCase()}${why}, but the token holds ${all.join(', ') || 'no service'}`
  if (!used[0]) {
    const hint = all.join() === 'rtc' ? ": the console's temporary tokens are for RTC" : ''
    tell('SERVICE_MISMATCH', `${message}${hint}.`)
  } else if (service.startsWith('rtm')) {
    const hint = 'only RTM 2.x reads rtm2, which has permissions'
    tell('SERVICE_MISMATCH', `${message}: ${hint}.`, 'warning')
  }
}
