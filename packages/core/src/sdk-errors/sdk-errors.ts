import type { SdkErrorMeaning, SdkErrorRow } from './meaning.ts'
import { CHAT_ROWS } from './rows-chat.ts'
import { NATIVE_ROWS } from './rows-native.ts'
import { REST_ROWS } from './rows-rest.ts'
import { RTM_ROWS } from './rows-rtm.ts'
import { WEB_ROWS } from './rows-web.ts'

/** The whole table. @internal */
export const SDK_ERROR_ROWS: readonly SdkErrorRow[] = [
  ...WEB_ROWS,
  ...NATIVE_ROWS,
  ...RTM_ROWS,
  ...CHAT_ROWS,
  ...REST_ROWS,
]

/** Every error that `explainSdkError` knows; `docs/errors.md` has the same table. */
export const SDK_ERRORS: readonly SdkErrorMeaning[] = SDK_ERROR_ROWS.map(({ means }) => means)
