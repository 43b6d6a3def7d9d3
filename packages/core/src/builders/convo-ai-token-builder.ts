import type { Draft } from './draft.ts'
import { type RtcAndRtmArguments, rtcAndRtmDraft } from './rtc-and-rtm.ts'
import { type Signed, signed } from './signed.ts'

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
