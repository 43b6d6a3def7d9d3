import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Edge, EdgeOptions } from '@rtc-token/edge'
import type { UserBans } from '@rtc-token/server'
import { createAgoraRest } from '@rtc-token/server/agora-rest'
import { type AgoraNotification, createNotificationHandler } from '@rtc-token/server/notifications'
import { toNodeListener } from '@rtc-token/server/node'
import { createEventStream } from '../http/event-stream.ts'
import { serveOnDemand } from '../http/serve-on-demand.ts'

/** What the page hears of a notification. */
export interface HeardEvent {
  readonly type: AgoraNotification['type']
  /** Absent for events of the channel itself. */
  readonly uid?: number
  /** Why a user left. */
  readonly reason?: string
  readonly role?: string
}

/** The two ways between the demo's server and Agora, which the stand-in plays: its REST API, and its notifications. */
export interface Moderation {
  /** The accounts at Agora that an app has in its environment. */
  readonly accounts: Pick<EdgeOptions, 'customer' | 'notifications'>
  /** What `handler.remove` takes as `rest`. */
  readonly rest: UserBans
  /** Tells a page what Agora's notifications said, from now on. */
  readonly listen: (response: ServerResponse) => void
  readonly close: () => Promise<void>
}

/** Creates both ways. They open their ports when they are first used. */
export function createModeration(appId: string, edge: () => Edge | undefined): Moderation {
  const customer = { customerId: madeUp(), customerSecret: madeUp() }
  const secret = madeUp()
  const heard = createEventStream()
  const onEvent = (event: AgoraNotification): void => heard.tell(heardOf(event))
  const listener = toNodeListener(createNotificationHandler({ secret, onEvent }))
  const ear = serveOnDemand((request, response) => void listener(request, response))
  const api = serveOnDemand((request, response) => {
    const target = { host: 'api.agora.io', path: request.url ?? '/' }
    void edge()?.handle(request, response, target)
  })
  const client = async () => createAgoraRest({ ...customer, appId, hosts: [await api.url()] })
  let opening: ReturnType<typeof client> | undefined
  const open = (): ReturnType<typeof client> => (opening ??= client())
  return {
    accounts: { customer, notifications: { secret, url: ear.url } },
    rest: {
      ban: async (order) => (await open()).ban(order),
      unban: async (user) => (await open()).unban(user),
    },
    listen: heard.add,
    async close() {
      heard.close()
      await Promise.all([ear.close(), api.close()])
    },
  }
}

function heardOf(event: AgoraNotification): HeardEvent {
  const { type } = event
  if (!('uid' in event)) return { type }
  const { uid, role } = event
  return { type, uid, role, ...('reason' in event && { reason: event.reason }) }
}

function madeUp(): string {
  return randomBytes(16).toString('hex')
}
