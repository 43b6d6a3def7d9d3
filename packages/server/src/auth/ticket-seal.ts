import { encodeBase64url } from './ticket-payload.ts'
import { equalText } from './check-secrets.ts'

/** @internal Signs the payload of tickets, and reads it back from genuine tickets. */
export interface TicketSeal {
  /** `t1.` payload `.` signature: letters, digits, `-`, `_` and dots. */
  seal(payload: string): Promise<string>
  /** The payload; `undefined` unless one of the secrets signed exactly this string. */
  open(ticket: string): Promise<string | undefined>
}

// Part of the signed string, so that a signature made with the same secret for another purpose is not valid here.
const LABEL = 'rtc-token ticket t1 '
const TICKET = /^t1\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/
const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' }

/** @internal The longest ticket, in characters. */
export const MAX_TICKET_LENGTH = 1024

/** @internal Creates a seal; the first secret signs, all of them verify. */
export function createTicketSeal(secrets: readonly string[]): TicketSeal {
  const signers = secrets.map(createSigner)
  return {
    async seal(payload) {
      return `t1.${payload}.${await signers[0]!(payload)}`
    },
    async open(ticket) {
      const [, payload, signature] =
        (ticket.length <= MAX_TICKET_LENGTH && TICKET.exec(ticket)) || []
      if (payload === undefined || signature === undefined) return undefined
      // Signatures are compared as strings, because several base64url strings decode to the same bytes.
      const expected = await Promise.all(signers.map((sign) => sign(payload)))
      const genuine = expected.filter((text) => equalText(text, signature))
      return genuine.length > 0 ? payload : undefined
    },
  }
}

function createSigner(secret: string): (payload: string) => Promise<string> {
  const encoder = new TextEncoder()
  const { subtle } = crypto
  const importKey = () =>
    subtle.importKey('raw', encoder.encode(secret), ALGORITHM, false, ['sign'])
  // The key is kept, not its promise: on Workers, a request must not wait for a promise of another.
  let key: Awaited<ReturnType<typeof importKey>> | undefined
  return async (payload) => {
    key ??= await importKey()
    const signature = await subtle.sign('HMAC', key, encoder.encode(LABEL + payload))
    return encodeBase64url(new Uint8Array(signature))
  }
}
