// What Node, Bun and Deno do better than plain JavaScript, by each name that `package.json` `imports` has for it. One
// file, because a start takes longer to find three than to read them.

export { decodeText } from '../wire/decode-text.node.ts'
export { encodeBase64 } from '../wire/encode-base64.node.ts'
export { hexDigest } from './sha256.node.ts'
