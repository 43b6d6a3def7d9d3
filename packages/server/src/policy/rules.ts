import { ttlSeconds } from '../checks/length-of-time.ts'
import type { Authorizer } from './policy.ts'
import type { Identity } from '@rtc-token/core'
import type { Role, ServiceName } from '@rtc-token/core/contract'

import { allow, type Ask, deny, type Grant, type Wish } from './policy.ts'
import { checkMembers } from '../checks/check-members.ts'
import { compilePattern, matchesPieces, type Pattern } from './pattern.ts'
import { SERVICES } from './service-names.ts'

/** One line of a policy: who matches it may have this. */
export interface Rule<S> {
  /**
   * The channels it is for: `*` is any run of characters, `${subject.tenant}` a value of the
   * subject. Choose values and the text behind them so that no value can run on into the next: with
   * `${subject.tenant}-*`, the tenant `a` also gets the channels of a tenant `a-b`.
   */
  readonly channel: string
  /** The most that a subject may be; who wishes more gets `role_forbidden`. Default `'subscriber'`. */
  readonly role?: Role
  /** The services it is for; a wish for another one does not match. Default `['rtc']`. */
  readonly services?: readonly ServiceName[]
  /** Longest life: seconds, or text such as `"15m"`. Default: as wished. */
  readonly ttl?: number | string
  /** A further condition. Only `true` matches. */
  readonly if?: (ask: Ask<S>) => boolean | Promise<boolean>
}

/** What holds for all rules of a list. */
export interface RulesOptions<S> {
  /**
   * Which user of Agora a subject is. Without it, callers choose: anyone who may join a channel may
   * then join it under another one's uid or account.
   */
  readonly identity?: (subject: S, wish: Wish) => Identity
}

interface CompiledRule<S> {
  readonly pattern: Pattern
  readonly services: ReadonlySet<ServiceName>
  readonly grant: Omit<Grant, 'allow'>
  readonly condition: Rule<S>['if']
}

const RULE_MEMBERS = [
  'channel',
  'role',
  'services',
  'ttl',
  'if',
] as const satisfies (keyof Rule<unknown>)[]

/**
 * A policy as a list. The first rule that matches grants; when none does, the answer is
 * `channel_forbidden`. A condition that throws refuses with 500, as every policy does. Written in place, it
 * knows the subject of the `authenticate` beside it, except where that is an arrow function whose parameter
 * has no type: there, name the subject, as in the example.
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
  checkMembers(options, 'rules options', ['identity'])
  const { identity } = options
  if (identity !== undefined && typeof identity !== 'function') {
    throw new TypeError('rules options.identity: function expected')
  }
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
  checkMembers(rule, what, RULE_MEMBERS)
  const { channel, role = 'subscriber', services = ['rtc'], ttl, if: condition } = rule
  if (role !== 'publisher' && role !== 'subscriber') {
    throw new TypeError(`${what}.role: 'publisher' or 'subscriber' expected`)
  }
  checkServices(services, `${what}.services`)
  if (condition !== undefined && typeof condition !== 'function') {
    throw new TypeError(`${what}.if: function expected`)
  }
  const pattern = compilePattern(channel, `${what}.channel`)
  const grant = ttl === undefined ? { role } : { role, ttl: ttlSeconds(ttl, `${what}.ttl`) }
  return { pattern, services: new Set(services), grant, condition }
}

// A rule for a service that does not exist, or for none, would never match.
function checkServices(services: readonly ServiceName[], what: string): void {
  const isList = Array.isArray(services) && services.length > 0
  if (isList && services.every((service) => SERVICES.includes(service))) return
  throw new TypeError(`${what}: a list out of ${SERVICES.join(', ')} expected`)
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
  // Services without a channel reach everywhere, so listing one in the rule has said all.
  return pieces !== undefined && (wish.channel === '' || matchesPieces(pieces, wish.channel))
}
