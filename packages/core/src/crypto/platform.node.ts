// What Node, Bun and Deno do better than plain JavaScript, under the names in the `imports` of `package.json`. One file,
// because at start, finding three takes longer than reading them.

export { decodeText } from '../wire/decode-text.node.ts'
export { encodeBase64 } from '../wire/encode-base64.node.ts'
export { hexDigest } from './sha256.node.ts'
