import { requireKind, FUNCTION, integer, shown } from '../checks/kind.ts'

/** Remembers which notifications have arrived, so that the hook receives each once. */
export interface NoticeStore {
  /** Remembers a notice for a number of seconds. Returns `false` if it is already remembered. Throws when it fails. */
  claim(noticeId: string, seconds: number): boolean | Promise<boolean>
}

/** The method of an ioredis client that {@link redisNotices} uses. */
export interface NoticeRedis {
  set(key: string, value: string, unit: 'EX', seconds: number, only: 'NX'): Promise<'OK' | null>
}

/** Options of {@link memoryNotices}. */
export interface MemoryNoticesOptions {
  /** The number of notices to remember: integer 1 to 16 777 216. Default 100 000. Above it, the oldest is forgotten. */
  readonly maxNotices?: number
  /** Milliseconds since an arbitrary origin. Default `performance.now`, which is never set back. */
  readonly clock?: () => number
}

const COUNT = integer(1, 2 ** 24)

/**
 * Remembers notices in the memory of this process, until it restarts.
 *
 * @throws {TypeError} when an option is out of range or of the wrong type
 */
export function memoryNotices(options: MemoryNoticesOptions = {}): NoticeStore {
  const { maxNotices = 100_000, clock = () => performance.now() } = options
  requireKind(maxNotices, COUNT, 'memoryNotices: maxNotices', shown)
  requireKind(clock, FUNCTION, 'memoryNotices: clock', shown)
  const ends = new Map<string, number>()
  return {
    claim(noticeId, seconds) {
      const now = clock()
      const isNew = !((ends.get(noticeId) ?? 0) > now)
      if (!isNew) return false
      ends.delete(noticeId)
      ends.set(noticeId, now + seconds * 1000)
      forgetOldest(ends, maxNotices)
      return true
    },
  }
}

function forgetOldest(ends: Map<string, number>, maxNotices: number): void {
  if (ends.size <= maxNotices) return
  const [oldest] = ends.keys()
  if (oldest !== undefined) ends.delete(oldest)
}

/**
 * Remembers notices in Redis, so that several processes share them. Each is a key that expires after two hours.
 *
 * @throws {TypeError} when `client` is not a Redis client
 *
 * @example
 * redisNotices({ client: new Redis(process.env.REDIS_URL, SAFE_REDIS_OPTIONS) })
 */
export function redisNotices({ client }: { readonly client: NoticeRedis }): NoticeStore {
  if (typeof client?.set !== 'function') {
    throw new TypeError('redisNotices: client: an ioredis client expected')
  }
  return {
    claim: async (noticeId, seconds) =>
      (await client.set(`rtc-token:notice:${noticeId}`, '1', 'EX', seconds, 'NX')) === 'OK',
  }
}
