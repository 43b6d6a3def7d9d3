import type { Draft } from './draft.ts'
import { type RtcAndRtmArguments, rtcAndRtmDraft } from './rtc-and-rtm.ts'
import { signed, type Signed } from './signed.ts'

/** The tokens of {@link ConvoAITokenBuilder} before they are signed. @internal */
export const convoAiDrafts = {
  /**
   * Builds the token of `RtcTokenBuilder2.buildTokenWithRtm2` and adds the ConvoAI service.
   *
   * @throws {TokenError} the errors of that function
   */
  buildToken(...args: RtcAndRtmArguments): Draft {
    return rtcAndRtmDraft(args, { service: 'convoAI', privileges: {} })
  },
}

/** Builds tokens for conversational AI. Of Agora's packages, only agora-token 2.0.6 has it. */
export const ConvoAITokenBuilder: Signed<typeof convoAiDrafts> =
  /* @__PURE__ */ signed(convoAiDrafts)

/** The tokens of {@link SttTokenBuilder} before they are signed. @internal */
export const sttDrafts = {
  /**
   * Builds the token of `RtcTokenBuilder2.buildTokenWithRtm2` and adds the STT service.
   *
   * @throws {TokenError} the errors of that function
   */
  buildToken(...args: RtcAndRtmArguments): Draft {
    return rtcAndRtmDraft(args, { service: 'stt', privileges: {} })
  },
}

/** Builds tokens for speech to text. Of Agora's packages, only agora-token 2.0.6 has it. */
export const SttTokenBuilder: Signed<typeof sttDrafts> = /* @__PURE__ */ signed(sttDrafts)
