import { type ApaasClaims, apaasLayout } from './apaas.ts'
import { type ChatClaims, chatLayout } from './chat.ts'
import { type ConvoAiClaims, convoAiLayout } from './convo-ai.ts'
import { type FcdnClaims, fcdnLayout } from './fcdn.ts'
import { type FpaClaims, fpaLayout } from './fpa.ts'
import { type RtcClaims, rtcLayout } from './rtc.ts'
import { type RtmClaims, rtmLayout } from './rtm.ts'
import { type Rtm2Claims, rtm2Layout } from './rtm2.ts'
import type { ServiceLayout } from './service-layout.ts'
import { type StreamingClaims, streamingLayout } from './streaming.ts'
import { type SttClaims, sttLayout } from './stt.ts'

/** The claims of each service, by the name of the service. */
export interface ServicesByName {
  readonly rtc: RtcClaims
  readonly rtm: RtmClaims
  readonly streaming: StreamingClaims
  readonly fpa: FpaClaims
  readonly chat: ChatClaims
  readonly fcdn: FcdnClaims
  readonly apaas: ApaasClaims
  readonly rtm2: Rtm2Claims
  readonly convoAI: ConvoAiClaims
  readonly stt: SttClaims
}

/** The claims of a service that can be written. */
export type KnownService = ServicesByName[keyof ServicesByName]

/**
 * What is left of a token from the first service on that this version does not know: where such a
 * service ends cannot be told, so it and whatever follows it are kept as bytes.
 */
export interface UnknownServices {
  readonly service: 'unknown'
  /** The number of the first of them. */
  readonly type: number
  /** How many services the token says are in these bytes. */
  readonly count: number
  /** From the first one's privileges on. */
  readonly bytes: Uint8Array
}

/** The claims of one service of a token. */
export type ServiceClaims = KnownService | UnknownServices

/** The layout of each service; the only place that knows them all. */
export const LAYOUTS: {
  readonly [Name in keyof ServicesByName]: ServiceLayout<ServicesByName[Name]>
} = {
  rtc: rtcLayout,
  rtm: rtmLayout,
  streaming: streamingLayout,
  fpa: fpaLayout,
  chat: chatLayout,
  fcdn: fcdnLayout,
  apaas: apaasLayout,
  rtm2: rtm2Layout,
  convoAI: convoAiLayout,
  stt: sttLayout,
}
