import { decodeMessage, encodeMessage } from '../wire/protobuf.ts'

// The messages of agora-rtm-sdk 2.3 as the wire and the SDK's own log show them: `{ 1: uri, 2: payload }`, one a
// frame. What they do not show, such as how the service warns of a token's end, is not known here.

/** What a frame is. */
export const URI = {
  userJoin: 18,
  userResponse: 19,
  userQuit: 24,
  renewToken: 26,
  renewTokenResponse: 27,
} as const

/** What a client says, as far as it is understood. */
export interface ClientFrame {
  readonly uri: number
  readonly seq: number
  readonly account: string
  /** What the access point has given for a token. */
  readonly ticket: string
}

/** Reads what a client says. */
export function readClientFrame(frame: Uint8Array): ClientFrame {
  const envelope = decodeMessage(frame)
  const uri = envelope.number(1)
  const body = decodeMessage(envelope.bytes(2))
  // A renewal begins with the instance, a join with the number of the request.
  const isRenewal = uri === URI.renewToken
  return {
    uri,
    seq: body.number(isRenewal ? 2 : 1),
    account: uri === URI.userJoin ? body.text(4) : body.text(3),
    ticket: uri === URI.userJoin ? body.text(5) : body.text(4),
  }
}

/** Answers a login; a code other than 0 turns the user away. */
export function userResponse({ seq, account }: ClientFrame, code: number, now: number): Uint8Array {
  return frame(URI.userResponse, encodeMessage([1, seq], [2, account], [3, code], [4, now]))
}

/** Answers a renewal; a code other than 0 refuses the token. */
export function renewTokenResponse({ seq }: ClientFrame, code: number): Uint8Array {
  return frame(URI.renewTokenResponse, encodeMessage([1, seq], [2, code]))
}

function frame(uri: number, payload: Uint8Array): Uint8Array {
  return encodeMessage([1, uri], [2, payload])
}
