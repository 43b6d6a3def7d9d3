import type { Draft } from './draft.ts'
import { type RtcAndRtmArguments, rtcAndRtmDraft } from './rtc-and-rtm.ts'
import { signed, type Signed } from './signed.ts'

/** The tokens of {@link ConvoAITokenBuilder} before they are signed. @internal */
export const convoAiDrafts = {
  /**
   * Builds what `RtcTokenBuilder2.buildTokenWithRtm2` builds, and the ConvoAI service beside it.
   *
   * @throws {TokenError} as that function
   */
  buildToken(...args: RtcAndRtmArguments): Draft {
    return rtcAndRtmDraft(args, { service: 'convoAI', privileges: {} })
  },
}

/** Builds tokens for conversational AI; of Agora's packages, agora-token 2.0.6 alone has it. */
export const ConvoAITokenBuilder: Signed<typeof convoAiDrafts> =
  /* @__PURE__ */ signed(convoAiDrafts)

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
