import type { RequestContext } from '@rtc-token/server'

import { handler } from './handler.ts'

/** `GET …/access_token?channelName=room-42&uid=7` */
export function accessToken({ url, headers }: Request, context?: RequestContext) {
  const { channelName: channel, uid, role } = Object.fromEntries(new URL(url).searchParams)
  const sent = new Headers(headers)
  sent.set('content-type', 'application/json')
  sent.delete('cookie') // else a page of another site could ride on them
  const request = { method: 'POST', headers: sent, body: JSON.stringify({ channel, uid, role }) }
  return handler.fetch(new Request(new URL('v1/tokens', url), request), context)
}
