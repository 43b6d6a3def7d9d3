/** A failed call of a client, without the token. @internal */
class RtmError extends Error {
  override readonly name = 'RtmError'
  /** The code of the SDK, such as -10009. */
  readonly errorCode: number | undefined

  constructor(errorCode: number | undefined, reason: string) {
    super(`agora-rtm: ${errorCode ?? ''} ${reason}`)
    this.errorCode = errorCode
  }
}

/** The token is invalid for this user, channel or service. @internal */
export const INVALID_TOKEN = -10_005
/** The token has expired. @internal */
export const TOKEN_EXPIRED = -10_009

/** Calls the SDK, and turns a rejection, on React Native a plain object, into an error without the token. @internal */
export async function withoutToken(call: () => Promise<unknown>, token: string): Promise<void> {
  try {
    await call()
  } catch (error) {
    throw new RtmError(errorCodeOf(error), reasonOf(error).replaceAll(token, '…'))
  }
}

/** Returns the code of an error of the SDK, if it has one. @internal */
export function errorCodeOf(error: unknown): number | undefined {
  const code: unknown = Object(error).errorCode
  return typeof code === 'number' ? code : undefined
}

// React Native wraps the message into `reason`, once or twice.
function reasonOf(error: unknown): string {
  if (typeof error === 'string') return error
  if (typeof error !== 'object' || error === null) return 'for an unknown reason'
  if ('reason' in error) return reasonOf(error.reason)
  return 'message' in error ? String(error.message) : 'for an unknown reason'
}
