import type { EndCause, SessionSink } from '../../session-adapter.ts'

/**
 * What the adapter itself is doing to its session. What the SDK tells meanwhile may be a consequence of
 * that, and not of something that the user or the service has done.
 *
 * @internal
 */
export class OwnDoing {
  /** Not 0 while the adapter is leaving: `left` is not the user's doing then. */
  leaves: unknown = 0
  /** Not 0 while the adapter is rejoining: an end without a known cause is a failed rejoin then. */
  rejoins: unknown = 0

  /** A session begins, or has come back: nothing that never ended may hide what happens to it. */
  reset(): void {
    this.leaves = this.rejoins = 0
  }

  /**
   * Tells that the session is over, unless the adapter has brought that about itself.
   *
   * @param cause - undefined when the SDK names none that the adapter knows
   */
  tellEnd(sink: SessionSink, cause: EndCause | undefined): void {
    const isOwn = cause === 'left' ? this.leaves : !cause && this.rejoins
    if (!isOwn) sink.ended(cause ?? 'lost')
  }

  /** Notes a leave or a rejoin until it has ended. Only the latest counts: one before it may never end. */
  async during<T>(what: 'leaves' | 'rejoins', work: () => Promise<T>): Promise<T> {
    const mine = (this[what] = {})
    try {
      return await work()
    } finally {
      if (this[what] === mine) this[what] = 0
    }
  }
}
