/** What went wrong in a client, as an error that holds no token. @internal */
class RtmError extends Error {
  override readonly name = 'RtmError'
  /** The SDK's own, such as -10009. */
  readonly errorCode: number | undefined

  constructor(errorCode: number | undefined, reason: string) {
    super(`agora-rtm: ${errorCode ?? ''} ${reason}`)
    this.errorCode = errorCode
  }
}

/** The token is no token for this. @internal */
export const INVALID_TOKEN = -10_005
/** @internal */
export const TOKEN_EXPIRED = -10_009

/** Does a call into the SDK, which on React Native rejects with plain objects. @internal */
export async function told(call: () => Promise<unknown>, token: string): Promise<void> {
  try {
    await call()
  } catch (error) {
    throw new RtmError(errorCodeOf(error), reasonOf(error).replaceAll(token, '…'))
  }
}

/** The SDK's code for what went wrong, where it has one. @internal */
export function errorCodeOf(error: unknown): number | undefined {
  const code: unknown = Object(error).errorCode
  return typeof code === 'number' ? code : undefined
}

// React Native wraps what went wrong into `reason`, once or twice.
function reasonOf(error: unknown): string {
  if (typeof error === 'string') return error
  if (typeof error !== 'object' || error === null) return 'for no reason that it tells'
  if ('reason' in error) return reasonOf(error.reason)
  return 'message' in error ? String(error.message) : 'for no reason that it tells'
}
