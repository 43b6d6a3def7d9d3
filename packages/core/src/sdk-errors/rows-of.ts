import type { PlatformError } from '../explain/finding-kinds.ts'
import { CAUSES, type SdkErrorCause } from './causes.ts'
import type { NumberList, SdkErrorRow, SdkName } from './meaning.ts'
import { nameCalls, SDK_CALLS, type SdkCalls } from './sdk-calls.ts'

/** What a row adds to its cause. */
interface RowOptions {
  readonly texts?: readonly string[]
  readonly also?: readonly string[]
  readonly number?: readonly [list: NumberList, value: number]
  readonly isGeneral?: boolean
  readonly unless?: string
  /** One more sentence for the meaning. */
  readonly note?: string
  readonly platformErrors?: readonly PlatformError[]
}

/** Returns a function that makes rows with the same SDKs and source. `calls` are by default those of the first SDK. */
export function rowsOf(
  sdks: readonly [SdkName, ...SdkName[]],
  source: string,
  calls: SdkCalls = SDK_CALLS[sdks[0]],
) {
  return (says: string, cause: SdkErrorCause, options: RowOptions = {}): SdkErrorRow => {
    const { meaning, remedy, platformErrors } = CAUSES[cause]
    const note = options.note === undefined ? '' : ` ${options.note}`
    const means = {
      sdks,
      says,
      cause,
      meaning: meaning + note,
      remedy: nameCalls(remedy, calls),
      platformErrors: options.platformErrors ?? platformErrors,
      source,
    }
    const { texts = [], also = [], number, isGeneral = false, unless } = options
    return { means, texts, also, number, isGeneral, unless }
  }
}
