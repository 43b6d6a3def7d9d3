import type { EndCause, SessionSink } from '../../session-adapter.ts'

/**
 * Tracks what the adapter itself does to its session. Events of the SDK meanwhile may be a consequence of that, and not
 * of an action of the user or the service.
 *
 * @internal
 */
export class OwnDoing {
  /** Not 0 while the adapter is leaving: then `left` is not the user's action. */
  leaves: unknown = 0
  /** Not 0 while the adapter is rejoining: then an end without a known cause is a failed rejoin. */
  rejoins: unknown = 0

  /** Forgets unfinished actions when a session begins or comes back, so that they hide none of its events. */
  reset(): void {
    this.leaves = this.rejoins = 0
  }

  /**
   * Reports that the session is over, unless the adapter itself ended it.
   *
   * @param cause - `undefined` when the SDK names no cause that the adapter knows
   */
  tellEnd(sink: SessionSink, cause: EndCause | undefined): void {
    const isOwn = cause === 'left' ? this.leaves : !cause && this.rejoins
    if (!isOwn) sink.ended(cause ?? 'lost')
  }

  /** Counts a leave or a rejoin until it has ended. Only the latest counts, because an earlier one may never end. */
  async during<T>(what: 'leaves' | 'rejoins', work: () => Promise<T>): Promise<T> {
    const mine = (this[what] = {})
    try {
      return await work()
    } finally {
      if (this[what] === mine) this[what] = 0
    }
  }
}
