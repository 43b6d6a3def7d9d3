import type { SdkName } from './meaning.ts'

/** The calls of an SDK that its remedies name. */
export interface SdkCalls {
  /** Begins the session. */
  readonly enter: string
  readonly leave: string
  /** Takes the token that the error is about. Default: `enter`. */
  readonly pass?: string
}

const MESSAGING: SdkCalls = { enter: 'login()', leave: 'logout()' }

/** For a remedy that is not about one SDK. */
export const ANY_CALLS: SdkCalls = { enter: 'join() or login()', leave: 'leave() or logout()' }

/** The names of these calls, by SDK. */
export const SDK_CALLS: Readonly<Record<SdkName, SdkCalls>> = {
  web: { enter: 'join()', leave: 'leave()' },
  native: { enter: 'joinChannel()', leave: 'leaveChannel()' },
  rtm: MESSAGING,
  'rtm-v1': MESSAGING,
  chat: { enter: 'open()', leave: 'close()' },
  rest: ANY_CALLS,
}

/** The same for an error about the token of `renewToken`. */
export function renewalCalls(sdk: SdkName): SdkCalls {
  return { ...SDK_CALLS[sdk], pass: 'renewToken()' }
}

/** Puts the names of the calls into a remedy. */
export function nameCalls(remedy: string, { enter, leave, pass = enter }: SdkCalls): string {
  return remedy.replaceAll('{enter}', enter).replaceAll('{leave}', leave).replaceAll('{pass}', pass)
}
