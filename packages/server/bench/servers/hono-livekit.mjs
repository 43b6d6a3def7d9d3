import { AccessToken } from 'livekit-server-sdk'
import { ACCOUNT, PROJECT } from '../load/wish.mjs'
import { serveHono } from './serve-hono.mjs'

await serveHono(async ({ channel, ttl }) => {
  const token = new AccessToken(PROJECT.appId, PROJECT.appCertificate, { identity: ACCOUNT, ttl })
  token.addGrant({ room: channel, roomJoin: true, canPublish: true })
  return await token.toJwt()
})
