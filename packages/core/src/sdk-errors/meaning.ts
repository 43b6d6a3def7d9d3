import type { PlatformError } from '../explain/finding-kinds.ts'
import type { SdkErrorCause } from './causes.ts'

/**
 * Where an error comes from: `web` is agora-rtc-sdk-ng, `native` the SDKs for phones and desktops
 * (react-native-agora, agora-electron-sdk …), `rtm` and `rtm-v1` messaging 2.x and 1.x, `chat` agora-chat
 * and the other Chat SDKs, `rest` the HTTP APIs.
 */
export type SdkName = 'web' | 'native' | 'rtm' | 'rtm-v1' | 'chat' | 'rest'

/** One possible meaning of an SDK's error. */
export interface SdkErrorMeaning {
  readonly sdks: readonly SdkName[]
  /** The error as the SDK prints it. */
  readonly says: string
  /** What to branch on in a program. */
  readonly cause: SdkErrorCause
  /** What happened, in one or two sentences. */
  readonly meaning: string
  /** What to check or to change. */
  readonly remedy: string
  /** The codes that findings of `explainToken` share with this error; empty when it is not about the token. */
  readonly platformErrors: readonly PlatformError[]
  /** The source: a package and its version, or a page of Agora's documentation. */
  readonly source: string
}

/** The list of an SDK that a number belongs to. The same number has another meaning in another list. */
export type NumberList =
  | 'web response'
  | 'native error'
  | 'native connection reason'
  | 'native renewal'
  | 'rtm error'
  | 'rtm link reason'
  | 'rtm-v1 login'
  | 'rtm-v1 renewal'
  | 'chat type'
  | 'chat error'
  | 'http status'

/** A row of the table: the meaning of an error, and how to recognise the error. */
export interface SdkErrorRow {
  readonly means: SdkErrorMeaning
  /** Words of the SDK; the source contains each of them. */
  readonly texts: readonly string[]
  /** Words of other versions and languages of the SDK. */
  readonly also: readonly string[]
  readonly number: readonly [list: NumberList, value: number] | undefined
  /** Whether other errors contain these words too, so that any other match is better. */
  readonly isGeneral: boolean
  /** Words that rule this error out. */
  readonly unless: string | undefined
}
