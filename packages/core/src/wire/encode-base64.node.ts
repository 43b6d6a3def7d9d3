/** Writes bytes as RFC 4648 base64 with padding, by way of Node's Buffer. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}
