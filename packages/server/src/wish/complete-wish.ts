import { checkUserId, decodeToken, type Identity } from '@rtc-token/core'

import { type Ask, type PreviousGrant, type Wish, userText } from '../policy/policy.ts'
import { readPreviousToken } from './previous-token.ts'
import { type KeyedProject, verifiersOf } from '../keys/project.ts'
import { Refusal } from '../errors/refusal.ts'
import type { ServiceName } from '@rtc-token/core/contract'
import type { Projects } from '../keys/projects.ts'
import { problemOf } from '../errors/token-problem.ts'
import type { WishDraft } from './read-wish.ts'

/** A complete wish, and whether a previous token proves it. */
export type Intent = Pick<Ask<unknown>, 'intent' | 'previous'> & {
  readonly wish: Wish
  /** The project that signed the previous token; it must sign the next one too. */
  readonly project?: KeyedProject
}

/** The settings that completing a renewal needs. */
interface RenewalSettings {
  readonly projects: Projects
  readonly services: readonly ServiceName[]
  readonly timeoutMs: number
  /** Unix time in milliseconds. */
  readonly clock: () => number
}

/** Defaults for members that the caller leaves out. */
type Standard = Omit<PreviousGrant, 'expiresAt' | 'privileges'>

const NOTHING_BEFORE = { services: [], channel: '', role: 'subscriber' } as const

/**
 * Completes a wish for a first token.
 *
 * @internal
 * @throws {Refusal} channel_invalid or identity_invalid
 */
export function completeWish(draft: WishDraft): Intent {
  return { intent: 'mint', wish: wishOf(draft, NOTHING_BEFORE) }
}

/**
 * Completes a wish to renew: the previous token supplies the services, the channel, the identity and the
 * role where the caller does not. A wish for more than it proves becomes a wish for a first token.
 *
 * @internal
 * @throws {Refusal} previous_token_invalid, channel_forbidden or identity_forbidden
 */
export async function completeRenewal(
  draft: WishDraft,
  previousToken: string,
  { projects, clock, services: offered, timeoutMs }: RenewalSettings,
): Promise<Intent> {
  const project = projects.ofAppId(() => appIdOf(previousToken))
  if (!project)
    throw new Refusal('previous_token_invalid', '/previousToken: is for another project')
  const keys = await verifiersOf(project, timeoutMs)
  const context = { appId: project.appId, keys, now: clock() / 1000, offered }
  const previous = readPreviousToken(previousToken, draft, context)
  const wish = wishOf(draft, previous)
  if (!isProved(wish, previous)) return { intent: 'mint', wish }
  return { intent: 'renew', wish, previous, project }
}

// A channel or user other than the signed one has already been refused. The rest is only claimed, such as a higher
// role: a policy that trusts renewals must not take it as proved.
function isProved({ services, channel, identity, role }: Wish, previous: PreviousGrant): boolean {
  if (channel !== previous.channel || (identity && !previous.identity)) return false
  if (!services.every((service) => previous.services.includes(service))) return false
  return !services.includes('rtc') || role === 'subscriber' || previous.role === 'publisher'
}

function appIdOf(token: string): string {
  try {
    return decodeToken(token).appId
  } catch {
    return ''
  }
}

// Frozen, so that a policy cannot change the wish that its grant is compared with.
function wishOf(draft: WishDraft, standard: Standard): Wish {
  const services = Object.freeze(draft.services ?? standard.services)
  // The previous token's channel, if it has one; a different wish has already been refused.
  const channel = standard.channel || (draft.channel ?? '')
  const { ttl, role = standard.role } = draft
  if (channel === '' && services.includes('rtc')) {
    throw new Refusal('channel_invalid', '/channel: is required, the previous token has none')
  }
  const identity = draft.identity ?? standard.identity
  if (identity && services.some((service) => service !== 'rtc')) requireUserId(identity)
  if (!identity) return Object.freeze({ services, channel, role, ttl })
  return Object.freeze({ services, channel, role, ttl, identity: Object.freeze(identity) })
}

// Messaging and chat allow shorter user names than calls.
function requireUserId(identity: Identity): void {
  try {
    checkUserId(userText(identity))
  } catch (error) {
    throw new Refusal('identity_invalid', `/account: ${problemOf(error).detail}`, { cause: error })
  }
}
