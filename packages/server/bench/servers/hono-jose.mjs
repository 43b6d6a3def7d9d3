import { SignJWT } from 'jose'
import { ACCOUNT, PROJECT } from '../load/wish.mjs'
import { serveHono } from './serve-hono.mjs'

const secret = new TextEncoder().encode(PROJECT.appCertificate)

await serveHono(async ({ channel, ttl }) => {
  const jwt = new SignJWT({ room: channel }).setProtectedHeader({ alg: 'HS256' })
  return await jwt.setSubject(ACCOUNT).setIssuedAt().setExpirationTime(`${ttl}s`).sign(secret)
})
