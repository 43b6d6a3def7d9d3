import type { Draft } from './draft.ts'
import { type RtcAndRtmArguments, rtcAndRtmDraft } from './rtc-and-rtm.ts'
import { type Signed, signed } from './signed.ts'

/** The tokens of {@link SttTokenBuilder} before they are signed. @internal */
export const sttDrafts = {
  /**
   * Builds what `RtcTokenBuilder2.buildTokenWithRtm2` builds, and the STT service beside it.
   *
   * @throws {TokenError} as that function
   */
  buildToken(...args: RtcAndRtmArguments): Draft {
    return rtcAndRtmDraft(args, { service: 'stt', privileges: {} })
  },
}

/** Builds tokens for speech to text; of Agora's packages, agora-token 2.0.6 alone has it. */
export const SttTokenBuilder: Signed<typeof sttDrafts> = /* @__PURE__ */ signed(sttDrafts)
