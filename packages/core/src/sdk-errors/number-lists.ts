import type { NumberList } from './meaning.ts'
import type { NamedNumber } from './numbers-in.ts'
import type { Evidence } from './read-error.ts'

interface List {
  /** Words that identify this list for a small number, which could also be of another list. */
  readonly place?: RegExp
  /** Whether calls return its numbers as negative ones. */
  readonly isNegated?: true
}

const LISTS: Readonly<Record<NumberList, List>> = {
  'web response': { place: /data\.code/ },
  'native error': { isNegated: true },
  'native connection reason': { place: /onConnectionStateChanged|ConnectionChanged|\breason\b/i },
  'native renewal': { place: /onRenewTokenResult|RenewTokenErrorCode/i },
  'rtm error': {},
  'rtm link reason': { place: /linkState|\breason(?:code)?\b/i },
  'rtm-v1 login': { place: /log ?in/i },
  'rtm-v1 renewal': { place: /renew/i },
  'chat type': { place: /\btype\b/i },
  'chat error': {},
  'http status': {},
}

/** Names of members that hold numbers only of these lists. */
const LISTS_OF_NAMES: Readonly<Record<string, readonly NumberList[]>> = {
  type: ['chat type'],
  status: ['http status'],
  statuscode: ['http status'],
  httpcode: ['http status'],
  http: ['http status'],
  reason: ['native connection reason', 'rtm link reason'],
  reasoncode: ['rtm link reason'],
  onerror: ['native error'],
  onrenewtokenresult: ['native renewal'],
}

/** A number called an error code is not a reason. */
const ERROR_CODE = /^err/

/** Every list has numbers below this. */
const SMALL = 50

/** Checks whether a number may belong to a list. */
export function isOfList(list: NumberList, value: number, given: NamedNumber): boolean {
  const lists = Object.hasOwn(LISTS_OF_NAMES, given.name) ? LISTS_OF_NAMES[given.name] : undefined
  if (lists && !lists.includes(list)) return false
  if (ERROR_CODE.test(given.name) && list.endsWith('reason')) return false
  return given.value === value || (LISTS[list].isNegated === true && given.value === -value)
}

/** Checks whether the name of a number, or the words around it, identify this list. */
export function isSaidOf(list: NumberList, { text, numbers }: Evidence): boolean {
  const { place } = LISTS[list]
  return !!place && (place.test(text) || numbers.some(({ name }) => place.test(name)))
}

/** Checks whether a number of this list needs identifying words. */
export function isUncertain(list: NumberList, value: number): boolean {
  return LISTS[list].place !== undefined && Math.abs(value) < SMALL
}
