import type { LimitKind } from './rate-limiter.ts'

const OPTION_NAMES = {
  ip: 'perIp',
  subject: 'perSubject',
  channel: 'perChannel',
} as const satisfies Record<LimitKind, string>

/**
 * The store of a limit fails; `cause` says why. `onError` gets this error without a request id, at once and then at
 * most once a minute.
 *
 * @internal
 */
export class LimiterFailure extends Error {
  override readonly name = 'LimiterFailure'
  /** The limit that cannot be counted. */
  readonly limit: LimitKind

  constructor(limit: LimitKind, cause: unknown) {
    super(`limits.${OPTION_NAMES[limit]}: its store fails`, { cause })
    this.limit = limit
  }
}
