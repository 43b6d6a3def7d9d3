import { createHash, hash } from 'node:crypto'

/** SHA-256 of a text over Node's own crypto. `package.json` `imports` picks it on Node, Bun and Deno. */
export function hexDigest(text: string): string {
  return typeof hash === 'function'
    ? hash('sha256', text, 'hex')
    : createHash('sha256').update(text).digest('hex')
}
