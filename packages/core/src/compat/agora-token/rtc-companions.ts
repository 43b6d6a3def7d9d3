import {
  ConvoAITokenBuilder as ConvoAI,
  SttTokenBuilder as Stt,
} from '../../builders/rtc-companions.ts'
import { orEmpty } from './or-empty.ts'
import { type OriginalRtcAndRtmArguments, rtcAndRtmArguments } from './rtc-and-rtm-arguments.ts'

/** agora-token's builder of tokens for conversational AI. Times are seconds from now. */
export const ConvoAITokenBuilder = {
  /** Builds what `RtcTokenBuilder.buildTokenWithRtm2` builds, and the ConvoAI service beside it. */
  buildToken: (...args: OriginalRtcAndRtmArguments): string => {
    // Strict, unlike in RtcTokenBuilder: here the original compares with three equals signs.
    return orEmpty(args[0], args[1], () =>
      ConvoAI.buildToken(...rtcAndRtmArguments(args, args[4] === 1)),
    )
  },
}

/** agora-token's builder of tokens for speech to text. Times are seconds from now. */
export const SttTokenBuilder = {
  /** Builds what `RtcTokenBuilder.buildTokenWithRtm2` builds, and the STT service beside it. */
  buildToken: (...args: OriginalRtcAndRtmArguments): string => {
    return orEmpty(args[0], args[1], () =>
      Stt.buildToken(...rtcAndRtmArguments(args, args[4] === 1)),
    )
  },
}
