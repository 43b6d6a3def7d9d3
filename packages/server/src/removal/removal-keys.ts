import type { ServiceName } from '@rtc-token/core/contract'

import { hashedKey } from '../limit/limit-key.ts'

/** Where a removal applies, or where a token would. */
export interface RemovalPlace {
  /** Limits calls only: messaging and chat have no channels. Empty or `undefined`: every channel. */
  readonly channel?: string | undefined
  readonly services?: readonly ServiceName[] | undefined
}

const EVERYTHING = '*'
const CALLS_FIRST = [EVERYTHING, 'rtc', 'rtm', 'chat']
const EDGE_BLANKS_AND_ZEROS = /^ *0*(?=\d+ *$)/

/**
 * Names a user as removals know users: uid 7 and the account "7" are the same user inside a token, and an account such
 * as "007" or " 7" must not pass for another user of a page that reads it as a number.
 *
 * @internal
 * @param user - a uid in decimal, or an account
 */
export function userName(user: string, isLocal: boolean): string {
  return hashedKey('user', user.replace(EDGE_BLANKS_AND_ZEROS, '').trim(), isLocal)
}

/**
 * Names a subject as removals know subjects: the same letters are the same name, composed or not.
 *
 * @internal
 */
export function subjectName(subjectId: string, isLocal: boolean): string {
  return hashedKey('subject', subjectId.normalize('NFC'), isLocal)
}

/** The keys of a removal: one, or one for each service that it names. @internal */
export function keysOfRemoval(name: string, { channel, services }: RemovalPlace): string[] {
  const scopes = services ?? [channel ? 'rtc' : EVERYTHING]
  return scopes.map((scope) => keyOf(scope === 'rtc' && channel ? `rtc@${channel}` : scope, name))
}

/** The keys under which removals at a place may be kept. @internal */
export function keysOfReadmission(name: string, { channel, services }: RemovalPlace): string[] {
  if (services || channel) return keysOfRemoval(name, { channel, services })
  return CALLS_FIRST.map((scope) => keyOf(scope, name))
}

/** The keys of all removals that would refuse a token for these services. @internal */
export function keysOfToken(
  names: readonly string[],
  { channel, services }: { readonly channel: string; readonly services: readonly ServiceName[] },
): string[] {
  const keys: string[] = []
  const hasChannel = channel !== '' && services.includes('rtc')
  // Loops, because this is done for every request.
  for (const name of names) {
    keys.push(keyOf(EVERYTHING, name))
    for (const service of services) keys.push(keyOf(service, name))
    if (hasChannel) keys.push(keyOf(`rtc@${channel}`, name))
  }
  return keys
}

// No channel has a slash, so that the first one ends the scope.
function keyOf(scope: string, name: string): string {
  return `${scope}/${name}`
}
