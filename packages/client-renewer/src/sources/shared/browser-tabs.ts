import type { TabPorts } from './tab-ports.ts'

type Locks = Pick<LockManager, 'request'>
type Channel = Pick<BroadcastChannel, 'postMessage' | 'close' | 'addEventListener'>

/**
 * The other tabs of the app, by Web Locks and BroadcastChannel, which reach pages of the same origin
 * only. Undefined where the runtime has not got both, or refuses them to this page.
 *
 * @param name - of the app: its tabs share tokens, those of another app on the same origin do not.
 *   Choose it so that it differs where the same user would be granted something else.
 * @example
 * ```ts
 * createTokenDesk(source, { tabs: browserTabs('support-desk') })
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

// A sandboxed frame has the constructor and may not use it.
function openChannel(name: string): Channel | undefined {
  try {
    const channel: Channel & { unref?(): void } = new BroadcastChannel(name)
    // In Node it would keep the process alive.
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
