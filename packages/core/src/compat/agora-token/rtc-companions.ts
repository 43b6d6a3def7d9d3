import {
  ConvoAITokenBuilder as ConvoAI,
  SttTokenBuilder as Stt,
} from '../../builders/rtc-companions.ts'
import { orEmpty } from './or-empty.ts'
import { type OriginalRtcAndRtmArguments, rtcAndRtmArguments } from './rtc-and-rtm-arguments.ts'

/** Builds tokens for conversational AI, like agora-token. Every `…Expire` is seconds from now. */
export const ConvoAITokenBuilder = {
  /** Builds the token of `RtcTokenBuilder.buildTokenWithRtm2` and adds the ConvoAI service. */
  buildToken: (...args: OriginalRtcAndRtmArguments): string => {
    // Strict, unlike RtcTokenBuilder: here the original uses `===`.
    return orEmpty(args[0], args[1], () =>
      ConvoAI.buildToken(...rtcAndRtmArguments(args, args[4] === 1)),
    )
  },
}

/** Builds tokens for speech to text, like agora-token. Every `…Expire` is seconds from now. */
export const SttTokenBuilder = {
  /** Builds the token of `RtcTokenBuilder.buildTokenWithRtm2` and adds the STT service. */
  buildToken: (...args: OriginalRtcAndRtmArguments): string => {
    return orEmpty(args[0], args[1], () =>
      Stt.buildToken(...rtcAndRtmArguments(args, args[4] === 1)),
    )
  },
}
