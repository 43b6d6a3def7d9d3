import { verifyToken } from '@rtc-token/core'
import { jwtVerify } from 'jose'
import { ACCOUNT, CHANNEL, PATH, PROJECT, WISH } from './wish.mjs'

const secret = new TextEncoder().encode(PROJECT.appCertificate)
const { appId, appCertificate } = PROJECT

/** @param {string} token */
const checkAgora = (token) =>
  verifyToken(token, { appId, appCertificate, channel: CHANNEL, account: ACCOUNT })

/** @param {string} token */
const checkJwt = (token) => jwtVerify(token, secret)

/** Every server of the bench: its file and what finds a token of it valid. The first one is ours. */
export const CANDIDATES = {
  'rtc-token': { file: 'rtc-token.mjs', check: checkAgora },
  'bare node:http': { file: 'bare.mjs', check: checkAgora },
  'bare, with a token': { file: 'bare-signing.mjs', check: checkAgora },
  'rtc-token, limits and audit': { file: 'rtc-token-guarded.mjs', check: checkAgora },
  ...(process.env.REDIS_URL && {
    'rtc-token, a limit in Redis': { file: 'rtc-token-redis.mjs', check: checkAgora },
    'rtc-token, removals as well': { file: 'rtc-token-removals.mjs', check: checkAgora },
  }),
  'Express 5 + agora-token': { file: 'express-agora.mjs', check: checkAgora },
  'Hono + jose': { file: 'hono-jose.mjs', check: checkJwt },
  'Hono + livekit-server-sdk': { file: 'hono-livekit.mjs', check: checkJwt },
}

/**
 * Asks a server once; throws unless it answers 200 with a token that is valid.
 *
 * @param {string} url
 * @param {(token: string) => unknown} check
 */
export async function checkedReply(url, check) {
  const response = await fetch(url + PATH, WISH)
  const body = await response.text()
  if (response.status !== 200) throw new Error(`${url} answers ${response.status}: ${body}`)
  await check(JSON.parse(body).token)
  return { headers: ownHeaders(response.headers), body }
}

// Those that node:http adds by itself it adds for every server.
const AMBIENT = new Set(['connection', 'content-length', 'date', 'keep-alive'])

/** @param {Headers} headers */
function ownHeaders(headers) {
  return Object.fromEntries([...headers].filter(([name]) => !AMBIENT.has(name)))
}
