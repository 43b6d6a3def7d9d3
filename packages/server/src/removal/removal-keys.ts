import type { ServiceName } from '@rtc-token/core/contract'

import { hashedKey } from '../limit/limit-key.ts'

/** Where a removal applies, or where a token would. */
export interface RemovalPlace {
  /** Applies to calls only, because messaging and chat have no channels. Empty or `undefined`: every channel. */
  readonly channel?: string | undefined
  readonly services?: readonly ServiceName[] | undefined
}

const EVERYTHING = '*'
const CALLS_FIRST = [EVERYTHING, 'rtc', 'rtm', 'chat']
const EDGE_BLANKS_AND_ZEROS = /^ *0*(?=\d+ *$)/

/**
 * Returns the name of a user in keys. Uid 7 and the account "7" are the same user inside a token. Accounts such as
 * "007" and " 7" get the same name, because a page that reads them as a number joins as uid 7.
 *
 * @internal
 * @param user - a uid in decimal, or an account
 */
export function userName(user: string, isLocal: boolean): string {
  return hashedKey('user', user.replace(EDGE_BLANKS_AND_ZEROS, '').trim(), isLocal)
}

/**
 * Returns the name of a subject in keys. Composed and decomposed letters give the same name.
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

/** The keys that removals from a place can have. @internal */
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

// A channel cannot contain a slash, so the first slash ends the scope.
function keyOf(scope: string, name: string): string {
  return `${scope}/${name}`
}
