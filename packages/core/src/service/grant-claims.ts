import { TokenError } from '../errors.ts'
import type { KnownService, ServicesByName } from '../layout/layouts.ts'
import { type ApaasGrant, apaasClaims } from './apaas.ts'
import { type ChatGrant, chatClaims } from './chat.ts'
import { type FcdnGrant, fcdnClaims } from './fcdn.ts'
import {
  type ConvoAiGrant,
  convoAiClaims,
  type FpaGrant,
  fpaClaims,
  type SttGrant,
  sttClaims,
} from './without-options.ts'
import { type RtcGrant, rtcClaims } from './rtc.ts'
import { type RtmGrant, rtmClaims } from './rtm.ts'
import { type Rtm2Grant, rtm2Claims } from './rtm2.ts'
import { type StreamingGrant, streamingClaims } from './streaming.ts'

/** The return type of `rtc()`, `rtm()` and the others, by the name of the service. */
export interface GrantsByName {
  readonly rtc: RtcGrant
  readonly rtm: RtmGrant
  readonly streaming: StreamingGrant
  readonly fpa: FpaGrant
  readonly chat: ChatGrant
  readonly fcdn: FcdnGrant
  readonly apaas: ApaasGrant
  readonly rtm2: Rtm2Grant
  readonly convoAI: ConvoAiGrant
  readonly stt: SttGrant
}

/** A member of `services` for `createToken`: what `rtc()`, `rtm()`, `chat()` and the others return. */
export type ServiceGrant = GrantsByName[keyof GrantsByName]

const CLAIMS: {
  readonly [N in keyof GrantsByName]: (grant: GrantsByName[N], ttl: number) => ServicesByName[N]
} = {
  rtc: rtcClaims,
  rtm: rtmClaims,
  streaming: streamingClaims,
  fpa: fpaClaims,
  chat: chatClaims,
  fcdn: fcdnClaims,
  apaas: apaasClaims,
  rtm2: rtm2Claims,
  convoAI: convoAiClaims,
  stt: sttClaims,
}

/**
 * Checks a grant and turns it into claims with privileges in seconds.
 *
 * @throws {TokenError} SERVICES_INVALID when it is not a grant, and the errors for the options of its
 *   service
 */
export function grantClaims<N extends keyof GrantsByName>(
  grant: GrantsByName[N] & { readonly service: N },
  ttl: number,
): KnownService {
  if (typeof grant !== 'object' || grant === null || !Object.hasOwn(CLAIMS, grant.service)) {
    throw new TokenError(
      'SERVICES_INVALID',
      'services: grants from rtc(), rtm(), chat() … expected',
    )
  }
  return CLAIMS[grant.service](grant, ttl)
}
