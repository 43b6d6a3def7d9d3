import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Departure, SessionChange } from '../sessions/session-change.ts'
import type { Session } from '../sessions/session.ts'

/** Where notifications go, as an app's owner enters it in the console. */
export interface NotificationTarget {
  /** The address, or how to find it when there is something to send. */
  readonly url: string | (() => string | Promise<string>)
  /** What notifications are signed with. */
  readonly secret: string
}

/** Notifies a server of what happens in channels. */
export interface Notifier {
  readonly tell: (change: SessionChange) => void
  /** Gives up what has not arrived. */
  close(): void
}

interface Notice {
  readonly eventType: number
  readonly payload: object
}

const CREATED = 101
const DESTROYED = 102
const NUMBERS = {
  joined: { host: 103, audience: 105, communication: 107 },
  left: { host: 104, audience: 106, communication: 108 },
  role: { host: 111, audience: 112 },
} as const
const REASONS: Readonly<Record<Departure, number>> = {
  left: 1,
  'timed-out': 2,
  removed: 3,
  'other-device': 5,
  network: 10,
  token: 12,
}
const WEB = 7
const PATIENCE_MS = 10_000
// At once, then at growing intervals, three times at most.
const PAUSES_MS = [0, 0, 1000, 5000]

/** Creates a notifier. One notice follows another, in order, which the platform does not promise. `clock` gives Unix milliseconds. */
export function createNotifier(target: NotificationTarget, clock: () => number): Notifier {
  const stop = new AbortController()
  let last = Promise.resolve()
  let sequence = 0
  const later = (notice: Notice): void => {
    last = last.then(() =>
      deliver(target, { noticeId: randomUUID(), ...notice }, clock, stop.signal),
    )
  }
  return {
    tell(change) {
      sequence += 1
      for (const notice of noticesOf(change, clock(), sequence)) later(notice)
    },
    close: () => stop.abort(),
  }
}

function noticesOf(change: SessionChange, now: number, sequence: number): readonly Notice[] {
  const { session, type } = change
  const { channel: channelName, uid: lastUid } = session.member
  const place = { channelName, ts: Math.floor(now / 1000) }
  // Of one user in one millisecond, too.
  const clientSeq = now * 1000 + (sequence % 1000)
  const user = userNotice(change, { ...place, ...userOf(session), clientSeq }, now)
  const users = user ? [user] : []
  if (type === 'role' || !change.isOnly) return users
  return type === 'joined'
    ? [{ eventType: CREATED, payload: place }, ...users]
    : [...users, { eventType: DESTROYED, payload: { ...place, lastUid } }]
}

function userNotice(change: SessionChange, payload: object, now: number): Notice | undefined {
  const { type, session } = change
  if (type === 'role') {
    return session.isLive ? { eventType: NUMBERS.role[session.role], payload } : undefined
  }
  const eventType = NUMBERS[type][session.isLive ? session.role : 'communication']
  if (type === 'joined') return { eventType, payload }
  const duration = Math.round((now - session.joinedAt) / 1000)
  return { eventType, payload: { ...payload, reason: REASONS[change.reason], duration } }
}

function userOf({ member: { uid, account } }: Session): object {
  return { uid, platform: WEB, ...(account !== undefined && { account }) }
}

type Sent = Notice & { readonly noticeId: string }

async function deliver(
  { url, secret }: NotificationTarget,
  notice: Sent,
  clock: () => number,
  stop: AbortSignal,
): Promise<void> {
  for (const pauseMs of PAUSES_MS) {
    try {
      await wait(pauseMs, undefined, { signal: stop, ref: false })
      const address = typeof url === 'string' ? url : await url()
      // Each delivery has its own time, and so its own signature.
      const body = JSON.stringify({ ...notice, productId: 1, notifyMs: clock() })
      if (await post(address, body, secret, stop)) return
    } catch {
      if (stop.aborted) return
    }
  }
}

async function post(
  url: string,
  body: string,
  secret: string,
  stop: AbortSignal,
): Promise<boolean> {
  const sign = (hash: string): string => createHmac(hash, secret).update(body).digest('hex')
  const { status } = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'agora-signature': sign('sha1'),
      'agora-signature-v2': sign('sha256'),
    },
    signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]),
  })
  return status === 200
}
