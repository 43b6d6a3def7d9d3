/** Names a token without giving it away: the first 8 hex digits of its SHA-256. */
export async function fingerprint(token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  const bytes = [...new Uint8Array(digest).subarray(0, 4)]
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
