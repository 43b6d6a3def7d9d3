import { createHmac } from 'node:crypto'

import {
  type AgoraNotification,
  createNotificationHandler,
  type NotificationHandlerOptions,
} from '../../src/notifications/notification-handler.ts'

export const SECRET = 'from-console'
export const NOW_MS = 1_796_000_000_000
export const LEFT = {
  sid: 'C866467GVJJ54687',
  noticeId: '2000001428:4330:107',
  productId: 1,
  eventType: 104,
  notifyMs: NOW_MS,
  payload: {
    channelName: 'room-42',
    uid: 1234,
    account: 'zoë',
    platform: 7,
    clientSeq: 1_625_051_035_469,
    ts: 1_795_999_999,
    reason: 3,
    duration: 600,
  },
}

export const hmac = (body: string, secret = SECRET, hash = 'sha256'): string =>
  createHmac(hash, secret).update(body).digest('hex')

export const signed = (body: string, secret = SECRET): Record<string, string> => ({
  'content-type': 'application/json',
  'agora-signature': hmac(body, secret, 'sha1'),
  'agora-signature-v2': hmac(body, secret),
})

export function post(body: string, headers: Record<string, string> = signed(body)): Request {
  return new Request('http://localhost/agora/notifications', { method: 'POST', headers, body })
}

export function setUp(options: Partial<NotificationHandlerOptions> = {}) {
  const events: AgoraNotification[] = []
  const errors: unknown[] = []
  const refusals: unknown[] = []
  const handler = createNotificationHandler({
    secret: SECRET,
    onEvent: (event) => void events.push(event),
    onError: (error) => void errors.push(error),
    onRefused: (refusal) => void refusals.push(refusal),
    clock: () => NOW_MS,
    ...options,
  })
  return { handler, events, errors, refusals }
}

export const bodyOf = (changes: object = {}): string => JSON.stringify({ ...LEFT, ...changes })
