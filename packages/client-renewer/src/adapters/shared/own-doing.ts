import type { EndCause, SessionSink } from '../../session-adapter.ts'

/**
 * What the adapter itself is doing to its session. What the SDK tells meanwhile may be a consequence of
 * that, and not of something that the user or the service has done.
 *
 * @internal
 */
export class OwnDoing {
  /** How often the adapter is leaving. While it is, `left` is not the user's doing. */
  leaves = 0
  /** How often the adapter is rejoining. While it is, an end without a known cause is a failed rejoin. */
  rejoins = 0

  /** Counts a leave for as long as it takes. */
  async leaving<T>(leave: () => Promise<T>): Promise<T> {
    this.leaves++
    try {
      return await leave()
    } finally {
      this.leaves--
    }
  }

  /** Counts a rejoin for as long as it takes. */
  async rejoining<T>(rejoin: () => Promise<T>): Promise<T> {
    this.rejoins++
    try {
      return await rejoin()
    } finally {
      this.rejoins--
    }
  }

  /**
   * Tells that the session is over, unless the adapter has brought that about itself.
   *
   * @param cause - undefined when the SDK names none that the adapter knows
   */
  tellEnd(sink: SessionSink, cause: EndCause | undefined): void {
    const isOwn = cause === 'left' ? this.leaves > 0 : !cause && this.rejoins > 0
    if (!isOwn) sink.ended(cause ?? 'lost')
  }
}
