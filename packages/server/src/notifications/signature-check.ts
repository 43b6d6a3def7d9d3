/** Agora's signature to verify. `v2`: HMAC-SHA-256 in `Agora-Signature-V2`. `v1`: HMAC-SHA-1 in `Agora-Signature`. */
export type NotificationSignature = 'v2' | 'v1'

/** Whether one of the secrets signed exactly these bytes. @internal */
export type SignatureCheck = (headers: Headers, bytes: Uint8Array) => Promise<boolean>

const SCHEMES = {
  v2: { header: 'agora-signature-v2', hash: 'SHA-256', form: /^[\da-f]{64}$/i },
  v1: { header: 'agora-signature', hash: 'SHA-1', form: /^[\da-f]{40}$/i },
} as const

/**
 * Creates the check of a notification's signature. Every secret is tried, and WebCrypto compares in constant time.
 *
 * @internal
 * @see https://docs.agora.io/en/video-calling/advanced-features/receive-notifications
 */
export function createSignatureCheck(
  secrets: readonly string[],
  signature: NotificationSignature,
): SignatureCheck {
  const { header, hash, form } = SCHEMES[signature]
  const verifiers = secrets.map((secret) => createVerifier(secret, hash))
  return async (headers, bytes) => {
    const sent = headers.get(header) ?? ''
    if (!form.test(sent)) return false
    const signed = bytesOfHex(sent)
    const genuine = await Promise.all(verifiers.map((verify) => verify(signed, bytes)))
    return genuine.includes(true)
  }
}

type Verifier = (signature: Uint8Array, bytes: Uint8Array) => Promise<boolean>

function createVerifier(secret: string, hash: string): Verifier {
  const { subtle } = crypto
  const raw = new TextEncoder().encode(secret)
  const importKey = () => subtle.importKey('raw', raw, { name: 'HMAC', hash }, false, ['verify'])
  // Keeps the key, not its promise: on Workers, a request must not await a promise of another request.
  let key: Awaited<ReturnType<typeof importKey>> | undefined
  return async (signature, bytes) => {
    key ??= await importKey()
    // Copies, because WebCrypto takes no view of memory that threads may share.
    return subtle.verify('HMAC', key, new Uint8Array(signature), new Uint8Array(bytes))
  }
}

function bytesOfHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
