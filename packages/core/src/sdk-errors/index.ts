/**
 * What the errors of Agora's SDKs and HTTP APIs mean. It contains no signing code, so a page can import it.
 *
 * @module
 */
export type { SdkErrorCause } from './causes.ts'
export {
  explainSdkError,
  type SdkErrorExplanation,
  type SdkErrorOptions,
} from './explain-sdk-error.ts'
export type { SdkErrorMeaning, SdkName } from './meaning.ts'
export { SDK_ERRORS } from './find-rows.ts'
