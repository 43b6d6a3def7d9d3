import { createHmac } from 'node:crypto'

/** HMAC-SHA-256 over Node's own crypto. `package.json` `imports` picks it on Node, Bun and Deno. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(message).digest()
}
