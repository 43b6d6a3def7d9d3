import type { Expected } from './expectations.ts'
import type { Tell } from './finding.ts'
import { type HeldName, type HeldService, servicesOf } from './held.ts'
import { nearMiss } from './near-miss.ts'
import { quoteName } from './wording.ts'

const MAX_NAMED = 5

// Chat may identify users by a UUID, and those of aPaaS by an MD5, neither of which the app knows.
const OTHER_ID = /^[\da-f-]{32,36}$/i

/** The expectations that are names. */
export const NAME_MEMBERS = ['channel', 'user', 'userId'] as const

/** An expectation that is a name. */
export type NameMember = (typeof NAME_MEMBERS)[number]

/** The result of comparing names. */
export interface NamesLook {
  /** The services that admit the given names; all services if none does. */
  readonly fitting: readonly HeldService[]
  readonly members: readonly NameMember[]
}

/** Compares the channel, and then the user, of services that open one door. */
export function compareNames(
  tell: Tell,
  used: readonly HeldService[],
  expected: Expected,
): NamesLook {
  const channel = comparePart(tell, 'channel', used, expected)
  const user = comparePart(tell, 'user', channel.fitting, expected)
  return { fitting: user.fitting, members: [...channel.members, ...user.members] }
}

/** Returns the expectation that a name is compared with. */
export function memberOf(name: HeldName, { userId }: Expected): NameMember {
  return name.kind === 'userId' && userId === undefined ? 'user' : name.kind
}

/** A name in a token, and the expected name. */
interface Comparison {
  readonly held: HeldService
  readonly name: HeldName
  readonly wanted: string
}

function comparePart(
  tell: Tell,
  part: 'channel' | 'user',
  services: readonly HeldService[],
  expected: Expected,
): NamesLook {
  const all = services.flatMap((held) => comparisonOf(held, held[part], expected))
  // An empty user id is not a name, and has its own finding.
  const named = all.filter(({ name }) => name.text !== '' || name.kind !== 'userId')
  const open = named.filter(({ name, wanted }) => name.admits(wanted)).map(({ held }) => held)
  if (named[0] && !open[0]) tellMismatch(tell, named, named[0], expected)
  if (expected.isAccount) tellDigits(tell, named)
  const others = new Set(all.map(({ held }) => held).filter((held) => !open.includes(held)))
  return {
    fitting: open[0] ? services.filter((held) => !others.has(held)) : services,
    members: all.slice(0, 1).map(({ name }) => memberOf(name, expected)),
  }
}

function comparisonOf(
  held: HeldService,
  name: HeldName | undefined,
  expected: Expected,
): Comparison[] {
  const wanted = name && expected[memberOf(name, expected)]
  if (!name || wanted === undefined) return []
  return isComparable(held, name, wanted) ? [{ held, name, wanted }] : []
}

function isComparable({ service }: HeldService, { text = '', admits }: HeldName, wanted: string) {
  if (service === 'apaas') return text !== ''
  return service !== 'chat' || admits(wanted) || !OTHER_ID.test(text)
}

function tellDigits(tell: Tell, all: readonly Comparison[]): void {
  const same = all.find(({ name: { kind, text }, wanted }) => kind === 'user' && text === wanted)
  if (!same || !/^\d+$/.test(same.wanted)) return
  const message = `In a token, the account ${quoteName(same.wanted)} is the same as the uid of these digits.`
  tell('USER_IS_DIGITS', message)
}

function tellMismatch(
  tell: Tell,
  all: readonly Comparison[],
  { name: { kind }, wanted }: Comparison,
  expected: Expected,
): void {
  const what = kind === 'channel' ? 'channel' : 'user'
  const texts = new Set(all.flatMap(({ name }) => name.text ?? []))
  const list = [...texts].slice(0, MAX_NAMED).map(quoteName).join(', ')
  const others = list ? `${what} ${list}` : `another ${what}, as its checksum tells,`
  const services = servicesOf(all.map(({ held }) => held)).join(' and ')
  const difference = all.map(({ name }) => nearMiss(name, wanted)).find(Boolean)
  tell(
    what === 'channel' ? 'CHANNEL_MISMATCH' : 'USER_MISMATCH',
    `The token is for ${others} of ${services}, ${sayWanted(kind, wanted, expected)}${difference ? `: ${difference}` : ''}.`,
  )
}

function sayWanted(kind: HeldName['kind'], wanted: string, { isAccount }: Expected): string {
  if (kind === 'channel') return `${quoteName(wanted)} is joined`
  if (kind === 'userId' && wanted) return `${quoteName(wanted)} uses it`
  if (isAccount) return `the account ${quoteName(wanted)} joins`
  return `uid ${wanted || '0, for which Agora chooses a number,'} joins`
}
