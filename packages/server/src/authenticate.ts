import type { Asked } from './asked.ts'
import { HookRunner } from './deadline.ts'
import type { Authenticator } from './handler-options.ts'
import { HookContext } from './hook-context.ts'
import type { Minting } from './mint.ts'
import { Refusal } from './refusal.ts'
import type { Settings } from './settings.ts'

/** Someone who is known, and what is needed to go on. */
interface Known<S, A> {
  readonly minting: Minting<S>
  readonly subject: A
}

/**
 * Asks who sends a request.
 *
 * @internal
 * @throws {Refusal} unauthenticated or policy_timeout; and whatever the hook throws
 */
export async function authenticate<S, A>(
  settings: Settings<S>,
  asked: Asked,
  hook: Authenticator<A>,
): Promise<Known<S, A>> {
  const hooks = new HookRunner(asked.request, settings.timeoutMs)
  const context = new HookContext(asked.context.ip, hooks)
  const subject = await asked.timer.run('authenticate', () =>
    hooks.run('authenticate', () => hook(asked.request, context)),
  )
  if (!subject) throw new Refusal('unauthenticated')
  return { minting: { settings, asked, hooks }, subject }
}
