/** The rest of a token's life, and what to call at its end. */
export interface LifeOptions {
  /** Unix seconds. */
  readonly expiresAt: number
  /** How long before the end `onWillExpire` is called; at once when less is left. */
  readonly willExpireSeconds: number
  /** Unix milliseconds. */
  readonly clock: () => number
  readonly onWillExpire: () => void
  readonly onDidExpire: () => void
}

/** Starts the two timers of a token and returns the function that stops them. */
export function startLife(options: LifeOptions): () => void {
  const leftMs = options.expiresAt * 1000 - options.clock()
  const untilNoticeMs = Math.max(0, leftMs - options.willExpireSeconds * 1000)
  const timers = [
    setTimeout(options.onWillExpire, untilNoticeMs),
    setTimeout(options.onDidExpire, Math.max(0, leftMs)),
  ]
  return () => timers.forEach(clearTimeout)
}
