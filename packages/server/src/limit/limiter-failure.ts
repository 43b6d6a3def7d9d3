import type { LimitKind } from './rate-limiter.ts'

const OPTION_NAMES = {
  ip: 'perIp',
  subject: 'perSubject',
  channel: 'perChannel',
} as const satisfies Record<LimitKind, string>

/**
 * Says that the store of a limit fails; `cause` says how. `onError` gets it without a request id when
 * that begins, and then at most once a minute for as long.
 *
 * @internal
 */
export class LimiterFailure extends Error {
  override readonly name = 'LimiterFailure'
  /** The limit that cannot be counted there. */
  readonly limit: LimitKind

  constructor(limit: LimitKind, cause: unknown) {
    super(`limits.${OPTION_NAMES[limit]}: its store fails`, { cause })
    this.limit = limit
  }
}
