import type { AuthenticateContext } from '../auth/authenticator.ts'
import type { HookRunner } from './hook-runner.ts'
import type { Ask, PreviousGrant, Wish } from '../policy/policy.ts'

// Classes, because V8 gives an object literal with a getter a new shape each time, and these shapes were half
// of the garbage collector's work. The members are declared without class fields, which V8 defines slowly in
// a class that extends another.

/** The second argument of `authenticate`. @internal */
export class HookContext implements AuthenticateContext {
  declare readonly ip: string | undefined
  readonly #hooks: HookRunner

  constructor(ip: string | undefined, hooks: HookRunner) {
    this.ip = ip
    this.#hooks = hooks
  }

  get signal(): AbortSignal {
    return this.#hooks.signal
  }
}

type Question<S> = Pick<Ask<S>, 'subject' | 'intent' | 'wish' | 'params'> & {
  readonly previous: PreviousGrant | undefined
}

/** The argument of `authorize`. @internal */
export class PolicyAsk<S> extends HookContext implements Ask<S> {
  declare readonly subject: S
  declare readonly intent: 'mint' | 'renew'
  declare readonly wish: Wish
  declare readonly params: Readonly<Record<string, unknown>>
  declare readonly previous?: PreviousGrant

  constructor(
    { subject, intent, wish, params, previous }: Question<S>,
    ip: string | undefined,
    hooks: HookRunner,
  ) {
    super(ip, hooks)
    this.subject = subject
    this.intent = intent
    this.wish = wish
    this.params = params
    if (previous) this.previous = previous
  }
}
