import type { Authenticator } from '../auth/authenticator.ts'
import { HookRunner } from './hook-runner.ts'
import type { Asked } from './request-state.ts'
import { faultOf } from '../errors/auth-fault.ts'
import { isThenable } from '../time/deadline.ts'
import { HookContext } from './hook-context.ts'
import type { Minting } from '../mint/mint.ts'
import { Refusal } from '../errors/refusal.ts'
import type { Settings } from '../options/settings.ts'

/** Someone who is known, and what is needed to go on. */
interface Known<S, A> {
  readonly minting: Minting<S>
  readonly subject: A
}

/**
 * Asks who sends a request.
 *
 * @internal
 * @throws {Refusal} unauthenticated, authenticator_unavailable or policy_timeout; and whatever the hook throws
 */
export function authenticate<S, A>(
  settings: Settings<S>,
  asked: Asked,
  hook: Authenticator<A>,
): Known<S, A> | Promise<Known<S, A>> {
  const hooks = new HookRunner(asked.request, settings.timeoutMs)
  const context = new HookContext(asked.context.ip, hooks)
  const answer = asked.timer.run('authenticate', () =>
    hooks.run('authenticate', () => hook(asked.request, context)),
  )
  const minting = { settings, asked, hooks }
  return isThenable(answer)
    ? answer.then((subject) => known(minting, subject))
    : known(minting, answer)
}

function known<S, A>(minting: Minting<S>, subject: A | null | undefined): Known<S, A> {
  if (!subject) throw notRecognised(minting.asked)
  return { minting, subject }
}

function notRecognised({ request }: Asked): Refusal {
  const why = faultOf(request)
  const retryAfter = why?.retryAfter
  if (retryAfter === undefined) return new Refusal('unauthenticated', undefined, { why })
  return new Refusal('authenticator_unavailable', undefined, { why, retryAfter })
}
