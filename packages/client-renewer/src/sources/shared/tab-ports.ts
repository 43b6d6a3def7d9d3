/**
 * How the desks of an app's tabs reach each other. `browserTabs` makes it from what a browser has; a test
 * or an Electron app can hand in its own.
 */
export interface TabPorts {
  /**
   * Resolves, once no other tab holds the lock of this name, with how to release it. Rejects when
   * `signal` is aborted before.
   */
  lock(name: string, signal: AbortSignal): Promise<() => void>
  /** Sends a message, which may hold a token, to the app's other tabs and to nobody else. */
  post(message: unknown): void
  /** Hears what other tabs post. Returns how to stop, after which nothing is held any more. */
  listen(listener: (message: unknown) => void): () => void
}
