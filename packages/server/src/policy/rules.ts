import { ttlSeconds } from '../checks/length-of-time.ts'
import type { Authorizer } from './policy.ts'
import type { Identity } from '@rtc-token/core'
import { type Role, ROLES, type ServiceName, SERVICES } from '@rtc-token/core/contract'

import { allow, type Ask, deny, type Grant, type Wish } from './policy.ts'
import { FUNCTION, listOutOf, oneOf, optional, own, readMembers } from '../checks/kind.ts'
import { compilePattern, matchesPieces, type Pattern } from './pattern.ts'

/** One rule of a policy. A request that matches it gets what it allows. */
export interface Rule<S> {
  /**
   * A pattern for channels: `*` matches any characters, `${subject.tenant}` a value of the subject. Choose a
   * separator that no value contains: with `${subject.tenant}-*`, the tenant `a` also gets the channels of the tenant
   * `a-b`. Required.
   */
  readonly channel: string
  /** The highest role; a request for a higher one is refused with `role_forbidden`. Default `'subscriber'`. */
  readonly role?: Role
  /** The services that the rule allows; a request for any other does not match. Default `['rtc']`. */
  readonly services?: readonly ServiceName[]
  /** The longest life: seconds, or a string such as `"15m"`; 1 second to 24 hours. Default: the requested `ttl`. */
  readonly ttl?: number | string
  /** A further condition. The rule matches only if it returns `true`. Default: no condition. */
  readonly if?: (ask: Ask<S>) => boolean | Promise<boolean>
}

/** Options of {@link rules}. */
export interface RulesOptions<S> {
  /**
   * Maps a subject to its Agora user. Default: callers choose, so a caller who may join a channel can join it under
   * another user's uid or account.
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
 * Creates a policy from a list of rules. A rule matches if its pattern fits the channel, its `services` contain every
 * requested service, and its `if` returns `true`. The first rule that matches decides: if its role is too low, the
 * request is refused with `role_forbidden`, and no later rule is tried. If no rule matches, the request is refused with
 * `channel_forbidden`, even when only the service did not fit. If a condition throws, the caller gets a 500.
 *
 * Inside the options of `createTokenHandler`, the subject's type is inferred from `authenticate`, unless that is an
 * arrow function whose parameter has no type: then give the type, as in the example.
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
