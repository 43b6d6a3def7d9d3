import type { Expected } from './expectations.ts'
import type { Tell } from './finding.ts'
import type { HeldName, HeldService } from './held.ts'
import { nearMiss } from './near-miss.ts'
import { quoteName } from './wording.ts'

const MAX_NAMED = 5

// Chat may know its users by a UUID, and those of aPaaS by an MD5: no name of the app tells them.
const OTHER_ID = /^[\da-f-]{32,36}$/i

/** The expectations that are names. */
export const NAME_MEMBERS = ['channel', 'user', 'userId'] as const

/** An expectation that is a name. */
export type NameMember = (typeof NAME_MEMBERS)[number]

/** What came out of comparing names. */
export interface NamesLook {
  /** The services that admit to what was given; all, where none does. */
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

/** With which expectation a name is compared. */
export function memberOf(name: HeldName, { userId }: Expected): NameMember {
  return name.kind === 'userId' && userId === undefined ? 'user' : name.kind
}

/** A name that a token holds, and the one that it was compared with. */
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
  const [first] = all
  if (!first) return { fitting: services, members: [] }
  const members = [memberOf(first.name, expected)]
  const shut = all.filter(({ name, wanted }) => !name.admits(wanted)).map(({ held }) => held)
  if (shut.length === all.length) {
    tellMismatch(tell, all, first, expected)
    return { fitting: services, members }
  }
  if (expected.isAccount && all.some(isDigits)) {
    const message = `The account ${quoteName(first.wanted)} and the uid of the same digits are the same string in a token, which fits both.`
    tell('USER_IS_DIGITS', message)
  }
  return { fitting: services.filter((held) => !shut.includes(held)), members }
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

function isDigits({ name: { kind, text }, wanted }: Comparison): boolean {
  return kind === 'user' && text === wanted && /^\d+$/.test(wanted)
}

function tellMismatch(
  tell: Tell,
  all: readonly Comparison[],
  { held, name: { kind }, wanted }: Comparison,
  expected: Expected,
): void {
  const what = kind === 'channel' ? 'channel' : 'user'
  const texts = new Set(all.flatMap(({ name }) => name.text ?? []))
  const list = [...texts].slice(0, MAX_NAMED).map(quoteName).join(', ')
  const others = list ? `${what} ${list}` : `another ${what}, as its checksum tells,`
  const difference = all.map(({ name }) => nearMiss(name, wanted)).find(Boolean)
  tell(
    what === 'channel' ? 'CHANNEL_MISMATCH' : 'USER_MISMATCH',
    `The token is for ${others} of ${held.service}, ${sayWanted(kind, wanted, expected)}${difference ? `: ${difference}` : ''}.`,
  )
}

function sayWanted(kind: HeldName['kind'], wanted: string, { isAccount }: Expected): string {
  if (kind === 'channel') return `${quoteName(wanted)} is joined`
  if (kind === 'userId') return `${quoteName(wanted)} uses it`
  if (isAccount) return `the account ${quoteName(wanted)} joins`
  return `uid ${wanted || '0, for which Agora chooses a number,'} joins`
}
