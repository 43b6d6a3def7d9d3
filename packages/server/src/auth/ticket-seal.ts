import { encodeBase64url, parsePayload } from './ticket-payload.ts'
import { equalText } from './check-secrets.ts'

/** @internal Signs the payload of tickets, and reads it back from genuine tickets. */
export interface TicketSeal {
  /** `t1.` payload `.` signature: letters, digits, `-`, `_` and dots. */
  seal(payload: string): Promise<string>
  /** The payload; `undefined` unless one of the secrets signed exactly this string. */
  open(ticket: string): Promise<string | undefined>
  /** The payload of a JWT; `undefined` unless one of the secrets signed it with HS256. */
  openJwt(ticket: string): Promise<string | undefined>
}

// Part of the signed string, so that a signature made with the same secret for another purpose is not valid here.
const LABEL = 'rtc-token ticket t1 '
const TICKET = /^t1\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/
const JWT = /^(eyJ[A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/
const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' }

/** @internal The longest ticket, in characters. */
export const MAX_TICKET_LENGTH = 1024

/** @internal Creates a seal; the first secret signs, all of them verify. */
export function createTicketSeal(secrets: readonly string[]): TicketSeal {
  const signers = secrets.map(createSigner)
  const isGenuine = async (text: string, signature: string): Promise<boolean> => {
    // Signatures are compared as strings, because several base64url strings decode to the same bytes.
    const expected = await Promise.all(signers.map((sign) => sign(text)))
    return expected.filter((each) => equalText(each, signature)).length > 0
  }
  return {
    async seal(payload) {
      return `t1.${payload}.${await signers[0]!(LABEL + payload)}`
    },
    async open(ticket) {
      const [, payload, signature] =
        (ticket.length <= MAX_TICKET_LENGTH && TICKET.exec(ticket)) || []
      if (payload === undefined || signature === undefined) return undefined
      return (await isGenuine(LABEL + payload, signature)) ? payload : undefined
    },
    async openJwt(ticket) {
      const [, header, payload, signature] =
        (ticket.length <= MAX_TICKET_LENGTH && JWT.exec(ticket)) || []
      if (header === undefined || payload === undefined || signature === undefined) return undefined
      if (!isHs256(header)) return undefined
      return (await isGenuine(`${header}.${payload}`, signature)) ? payload : undefined
    },
  }
}

// `crit` names rules that a reader must know.
function isHs256(header: string): boolean {
  const { alg, crit } = parsePayload(header)
  return alg === 'HS256' && crit === undefined
}

function createSigner(secret: string): (text: string) => Promise<string> {
  const encoder = new TextEncoder()
  const { subtle } = crypto
  const importKey = () =>
    subtle.importKey('raw', encoder.encode(secret), ALGORITHM, false, ['sign'])
  // The key is kept, not its promise: on Workers, a request must not wait for a promise of another.
  let key: Awaited<ReturnType<typeof importKey>> | undefined
  return async (text) => {
    key ??= await importKey()
    const signature = await subtle.sign('HMAC', key, encoder.encode(text))
    return encodeBase64url(new Uint8Array(signature))
  }
}
