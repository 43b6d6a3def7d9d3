import type { PlatformError } from '../explain/finding-kinds.ts'
import { CAUSES, type SdkErrorCause } from './causes.ts'

/**
 * Which of Agora's SDKs says it: `web` agora-rtc-sdk-ng, `native` those for phones and desktops
 * (react-native-agora, agora-electron-sdk …), `rtm` and `rtm-v1` messaging 2.x and 1.x, `chat` agora-chat
 * and its kin, `rest` the HTTP APIs.
 */
export type SdkName = 'web' | 'native' | 'rtm' | 'rtm-v1' | 'chat' | 'rest'

/** What an error of an SDK means. */
export interface SdkErrorMeaning {
  readonly sdks: readonly SdkName[]
  /** The error, as the SDK says it. */
  readonly says: string
  /** For programs. Stable: a change of it is a breaking change. */
  readonly cause: SdkErrorCause
  /** One sentence in plain words. */
  readonly meaning: string
  /** What to look at, or to change. */
  readonly remedy: string
  /** By which findings of `explainToken` are told apart from others; empty where it is not about the token. */
  readonly platformErrors: readonly PlatformError[]
  /** Where this is known from: a package and its version, or a page of Agora's documentation. */
  readonly source: string
}

/** Of which list of an SDK a number is. The same number means something else in another list. */
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

/** A row of the table: what an error means, and by what it is recognised. */
export interface SdkErrorRow {
  readonly means: SdkErrorMeaning
  /** Words of the SDK; each stands in the package that is the source. */
  readonly texts: readonly string[]
  /** The same in other versions and languages of the SDK. */
  readonly also: readonly string[]
  readonly number: readonly [list: NumberList, value: number] | undefined
  /** Whether its words stand in other errors too, so that any other row is nearer. */
  readonly isGeneral: boolean
  /** Words that make it another error. */
  readonly unless: string | undefined
}

/** What differs from row to row; the rest comes with the cause. */
export interface RowOptions {
  readonly texts?: readonly string[]
  readonly also?: readonly string[]
  readonly number?: readonly [list: NumberList, value: number]
  readonly isGeneral?: boolean
  readonly unless?: string
  /** One more sentence for the meaning. */
  readonly note?: string
  readonly platformErrors?: readonly PlatformError[]
}

/** Makes the rows that have SDKs and source in common. */
export function rowsOf(sdks: readonly SdkName[], source: string) {
  return (says: string, cause: SdkErrorCause, options: RowOptions = {}): SdkErrorRow => {
    const { meaning, remedy, platformErrors } = CAUSES[cause]
    const note = options.note === undefined ? '' : ` ${options.note}`
    const means = {
      sdks,
      says,
      cause,
      meaning: meaning + note,
      remedy,
      platformErrors: options.platformErrors ?? platformErrors,
      source,
    }
    const { texts = [], also = [], number, isGeneral = false, unless } = options
    return { means, texts, also, number, isGeneral, unless }
  }
}
