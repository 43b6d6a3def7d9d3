import type { SdkErrorMeaning } from '@rtc-token/core/sdk-errors'

/** The address of the page of an error of an SDK, without an ending. */
export function sdkErrorPath({ sdks, says }: Pick<SdkErrorMeaning, 'sdks' | 'says'>): string {
  const words = says.toLowerCase().replaceAll(/[^\p{L}\p{N}_]+/gu, '-')
  return `errors/sdk/${sdks[0]}-${words.replaceAll(/^-|-$/g, '')}`
}
