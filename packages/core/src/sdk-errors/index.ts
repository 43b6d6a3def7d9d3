/**
 * What the errors of Agora's SDKs and HTTP APIs mean. No signing code is in it, so that a page can have it.
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
