import { randomUUID } from 'node:crypto'
import { ACCOUNT, CHANNEL, PROJECT, TTL_SECONDS } from '../load/wish.mjs'

// The size of our reply, so that every server writes as many bytes.
const size = Number(process.argv[2] ?? 0)

/**
 * The reply of our endpoint around a foreign token, filled up to the same size.
 *
 * @param {string} token
 */
export function composeReply(token) {
  const issuedAt = Math.floor(Date.now() / 1000)
  const reply = {
    token,
    appId: PROJECT.appId,
    channel: CHANNEL,
    account: ACCOUNT,
    role: 'publisher',
    expiresAt: issuedAt + TTL_SECONDS,
    requestId: randomUUID(),
  }
  const missing = size - JSON.stringify(reply).length - FILLER
  return missing > 0 ? { ...reply, filler: 'x'.repeat(missing) } : reply
}

const FILLER = ',"filler":""'.length
