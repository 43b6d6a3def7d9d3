import type { Settings } from './handler-options.ts'
import type { Ask, PreviousGrant, Wish } from './policy.ts'
import { readPreviousToken } from './previous-token.ts'
import type { WishDraft } from './token-wish.ts'

/** What is wished and on what grounds. */
export type Intent = Pick<Ask<unknown>, 'intent' | 'previous'> & { readonly wish: Wish }

/**
 * Completes a wish. In a renewal the previous token names the channel, the identity and the role where
 * the caller does not.
 *
 * @internal
 * @throws {Refusal} previous_token_invalid, channel_forbidden or identity_forbidden
 */
export function completeWish(
  draft: WishDraft,
  { project, clock }: Pick<Settings<unknown>, 'project' | 'clock'>,
): Intent {
  const { previousToken, channel } = draft
  // The reader of the body lets a missing channel pass only beside a previous token.
  if (previousToken === undefined) {
    return { intent: 'mint', wish: wishOf(draft, { channel: channel!, role: 'subscriber' }) }
  }
  const context = { project, now: clock() / 1000 }
  const previous = readPreviousToken(previousToken, draft, context)
  return { intent: 'renew', wish: wishOf(draft, previous), previous }
}

// Frozen, so that a policy cannot change the wish that its grant is compared with.
function wishOf(
  { services, role, ttl, identity: wished }: WishDraft,
  standard: Pick<PreviousGrant, 'channel' | 'identity' | 'role'>,
): Wish {
  const identity = wished ?? standard.identity
  const { channel } = standard
  const wish = { services: Object.freeze(services), channel, role: role ?? standard.role, ttl }
  return Object.freeze(identity ? { ...wish, identity: Object.freeze(identity) } : wish)
}
