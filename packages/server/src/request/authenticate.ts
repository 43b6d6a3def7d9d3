import type { Authenticator } from '../auth/authenticator.ts'
import { faultOf } from '../errors/auth-fault.ts'
import { Refusal } from '../errors/refusal.ts'
import { HookContext } from './hook-context.ts'
import type { RequestState } from './request-state.ts'

/**
 * Asks an authenticator who the caller is.
 *
 * @internal
 * @throws {Refusal} unauthenticated, authenticator_unavailable or policy_timeout; also what the hook throws
 */
export async function authenticate<A>(
  { request, context, hooks, timer }: RequestState,
  hook: Authenticator<A>,
): Promise<A> {
  const subject = await timer.run('authenticate', () =>
    hooks.run('authenticate', () => hook(request, new HookContext(context.ip, hooks))),
  )
  if (!subject) throw notRecognised(request)
  return subject
}

function notRecognised(request: Request): Refusal {
  const why = faultOf(request)
  const retryAfter = why?.retryAfter
  if (retryAfter === undefined) return new Refusal('unauthenticated', undefined, { why })
  return new Refusal('authenticator_unavailable', undefined, { why, retryAfter })
}
