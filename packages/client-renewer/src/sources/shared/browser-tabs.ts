import type { TabPorts } from './tab-relay.ts'

type Locks = Pick<LockManager, 'request'>
type Channel = Pick<BroadcastChannel, 'postMessage' | 'close' | 'addEventListener'>

/**
 * Connects to the other tabs of the app through Web Locks and BroadcastChannel, which work only between pages of
 * the same origin.
 *
 * @param name - the name of the app. Tabs with the same name share tokens; use different names where the same user
 *   gets different rights.
 * @returns `undefined` when the runtime lacks one of the two, or denies this page access
 * @example
 * ```ts
 * createSharedSource(source, { tabs: browserTabs('support-desk') })
 * ```
 */
export function browserTabs(name: string): TabPorts | undefined {
  const locks = (globalThis as { navigator?: { locks?: Locks } }).navigator?.locks
  if (!locks || typeof BroadcastChannel === 'undefined') return undefined
  const prefix = `rtc-token:${name}`
  const channel = openChannel(prefix)
  if (!channel) return undefined
  return {
    lock: (key, signal) => lock(locks, `${prefix}:${key}`, signal),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    post: (message) => channel.postMessage(message),
    listen: (listener) => listen(channel, listener),
  }
}

// In a sandboxed frame, the constructor exists but throws.
function openChannel(name: string): Channel | undefined {
  try {
    const channel: Channel & { unref?(): void } = new BroadcastChannel(name)
    // In Node, a channel would keep the process alive.
    channel.unref?.()
    return channel
  } catch {
    return undefined
  }
}

function lock(locks: Locks, name: string, signal: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const hold = () => new Promise<void>((release) => resolve(release))
    locks.request(name, { signal }, hold).catch(reject)
  })
}

function listen(channel: Channel, listener: (message: unknown) => void): () => void {
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data))
  return () => channel.close()
}
