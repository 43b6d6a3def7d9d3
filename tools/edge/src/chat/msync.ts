import { decodeMessage, encodeMessage, type Message } from '../wire/protobuf.ts'

// The messages of agora-chat 1.4.0 as its package describes them: `easemob.pb`, one MSync a frame.

/** What an MSync is about. */
export const COMMAND = { sync: 0, unread: 1, notice: 2, provision: 3 } as const

/** Why a user is put out: `StatisticsBody.Operation`. */
export const PUT_OUT = {
  removed: 1,
  otherLogin: 2,
  passwordChanged: 3,
  kicked: 4,
} as const

/** A login, which the SDK calls a provision. */
export interface LoginRequest {
  readonly user: string
  readonly token: string
}

/** Reads the command of a frame, and the login in it if it is one. */
export function readFrame(frame: Uint8Array): { command: number; login: LoginRequest | undefined } {
  const msync = decodeMessage(frame)
  const command = msync.number(8)
  return { command, login: command === COMMAND.provision ? readLogin(msync) : undefined }
}

function readLogin(msync: Message): LoginRequest {
  const user = decodeMessage(msync.bytes(2)).text(2)
  const auth: { token: string } = JSON.parse(decodeMessage(msync.bytes(9)).text(18))
  // `$t$` before it says that it is no password.
  return { user, token: auth.token.replace('$t$', '') }
}

/** Lets a user in. `endsAt`: when the token ends, in Unix milliseconds. */
export function welcome(endsAt: number): Uint8Array {
  const authToken = JSON.stringify({ expires_in: endsAt })
  const status = encodeMessage([1, 0])
  return frame(COMMAND.provision, encodeMessage([8, status], [13, 'web'], [18, authToken]))
}

/** Turns a user away. The SDK tells the reasons apart by their words. */
export function turnAway(reason: string): Uint8Array {
  return frame(COMMAND.provision, encodeMessage([8, encodeMessage([1, 1], [2, reason])]))
}

/** Says that nothing is unread, and what time it is, in Unix milliseconds. */
export function nothingUnread(now: number): Uint8Array {
  return frame(COMMAND.unread, encodeMessage([1, encodeMessage([1, 0])], [3, now]))
}

/** Says that the user is put out. */
export function putOut(operation: number): Uint8Array {
  const service = encodeMessage([2, 'system'])
  const meta = encodeMessage([1, 1], [2, service], [5, 0], [6, encodeMessage([1, operation])])
  const status = encodeMessage([1, 0])
  return frame(COMMAND.sync, encodeMessage([1, status], [4, meta], [5, 1], [6, service], [7, 1]))
}

function frame(command: number, payload: Uint8Array): Uint8Array {
  return encodeMessage([1, 0], [8, command], [9, payload])
}
