import { ttlSeconds } from '../checks/length-of-time.ts'
import type { Authorizer } from './policy.ts'
import type { Identity } from '@rtc-token/core'
import { type Role, ROLES, type ServiceName, SERVICES } from '@rtc-token/core/contract'

import { allow, type Ask, deny, type Grant, type Wish } from './policy.ts'
import { FUNCTION, listOutOf, oneOf, optional, own, readMembers } from '../checks/kind.ts'
import { compilePattern, matchesPieces, type Pattern } from './pattern.ts'

/** One line of a policy: a caller whose wish matches it gets what it allows. */
export interface Rule<S> {
  /**
   * The channels that the rule matches: `*` is any run of characters, `${subject.tenant}` a value of the
   * subject. Choose values and the characters after them so that no value can be a prefix of another: with
   * `${subject.tenant}-*`, the tenant `a` also gets the channels of a tenant `a-b`.
   */
  readonly channel: string
  /** The highest role; a wish for a higher one gets `role_forbidden`. Default `'subscriber'`. */
  readonly role?: Role
  /** The services that the rule allows; a wish for another one does not match. Default `['rtc']`. */
  readonly services?: readonly ServiceName[]
  /** Longest life: seconds, or a string such as `"15m"`. Default: as wished. */
  readonly ttl?: number | string
  /** A further condition. Only `true` matches. */
  readonly if?: (ask: Ask<S>) => boolean | Promise<boolean>
}

/** Options for all rules of a list. */
export interface RulesOptions<S> {
  /**
   * Maps a subject to its Agora user. Without it, callers choose: any caller who may join a channel can
   * then join it under another user's uid or account.
   */
  readonly identity?: (subject: S, wish: Wish) => Identity
}

interface CompiledRule<S> {
  readonly pattern: Pattern
  readonly services: ReadonlySet<ServiceName>
  readonly grant: Omit<Grant, 'allow'>
  readonly condition: Rule<S>['if']
}

/**
 * Makes a policy from a list. The first rule that matches grants; if no rule matches, the answer is
 * `channel_forbidden`. A condition that throws gives a 500, as in every policy. Written inline in the options,
 * it infers the subject's type from `authenticate`, unless that is an arrow function whose parameter has no
 * type: in that case name the type, as in the example.
 *
 * @throws {TypeError} when the list is empty, or a rule has a member that is unknown or malformed
 *
 * @example
 * rules<User>(
 *   [
 *     { channel: 'stage', role: 'publisher', if: ({ subject }) => subject.isSpeaker },
 *     { channel: 'tenant-${subject.tenant}-*', ttl: '15m' },
 *   ],
 *   { identity: ({ id }) => ({ account: id }) },
 * )
 */
export function rules<S>(list: readonly Rule<S>[], options: RulesOptions<S> = {}): Authorizer<S> {
  if (!Array.isArray(list) || list.length === 0) {
    throw new TypeError('rules: a list of at least one rule expected')
  }
  const wording = { whole: 'rules options', member: 'rules options.' }
  const { identity } = readMembers(options, wording, { identity: optional(FUNCTION) })
  const compiled = list.map((rule: Rule<S>, index) => compileRule(rule, `rules[${index}]`))
  return async (ask) => {
    const rule = await firstMatch(compiled, ask)
    if (!rule) return deny('channel_forbidden')
    return allow(
      identity ? { ...rule.grant, identity: identity(ask.subject, ask.wish) } : rule.grant,
    )
  }
}

function compileRule<S>(rule: Rule<S>, what: string): CompiledRule<S> {
  const read = readMembers(
    rule,
    { whole: what, member: `${what}.` },
    {
      channel: own((channel) => compilePattern(channel, `${what}.channel`)),
      role: optional(oneOf(...ROLES), 'subscriber'),
      // A rule for a service that does not exist, or for none, would never match.
      services: optional(listOutOf(SERVICES), ['rtc'] as const),
      ttl: optional(own((ttl) => ttlSeconds(ttl, `${what}.ttl`))),
      if: optional(FUNCTION),
    },
  )
  const { channel: pattern, role, services, ttl, if: condition } = read
  const grant = ttl === undefined ? { role } : { role, ttl }
  return { pattern, services: new Set(services), grant, condition }
}

async function firstMatch<S>(
  list: readonly CompiledRule<S>[],
  ask: Ask<S>,
): Promise<CompiledRule<S> | undefined> {
  for (const rule of list) {
    if (!fits(rule, ask)) continue
    const met: unknown = rule.condition ? await rule.condition(ask) : true
    if (met === true) return rule
  }
  return undefined
}

function fits<S>({ pattern, services }: CompiledRule<S>, { subject, wish }: Ask<S>): boolean {
  if (!wish.services.every((service) => services.has(service))) return false
  const pieces = pattern(subject)
  // Messaging and chat have no channel, so a wish for them alone matches the pattern of any rule that lists them.
  return pieces !== undefined && (wish.channel === '' || matchesPieces(pieces, wish.channel))
}
