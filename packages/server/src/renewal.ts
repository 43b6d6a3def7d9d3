import type { Identity } from '@rtc-token/core'

import type { Settings } from './handler-options.ts'
import type { Ask, Wish } from './policy.ts'
import { readPreviousToken } from './previous-token.ts'
import type { WishDraft } from './token-wish.ts'

/** What is wished and on what grounds. */
export type Intent = Pick<Ask<unknown>, 'intent' | 'previous'> & { readonly wish: Wish }

/**
 * Completes a wish. In a renewal the previous token names the channel and the identity where the
 * caller does not.
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
  if (previousToken === undefined) return { intent: 'mint', wish: wishOf(draft, channel!) }
  const context = { project, now: clock() / 1000 }
  const previous = readPreviousToken(previousToken, draft, context)
  return { intent: 'renew', wish: wishOf(draft, previous.channel, previous.identity), previous }
}

// Frozen, so that a policy cannot change the wish that its grant is compared with.
function wishOf(
  { services, role, ttl, identity: wished }: WishDraft,
  channel: string,
  proven?: Identity,
): Wish {
  const identity = wished ?? proven
  const wish = { services: Object.freeze(services), channel, role, ttl }
  return Object.freeze(identity ? { ...wish, identity: Object.freeze(identity) } : wish)
}
