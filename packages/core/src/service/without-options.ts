import type { ConvoAiClaims, FpaClaims, SttClaims } from '../layout/layouts.ts'

/** A service for `createToken`; made by {@link fpa}. */
export interface FpaGrant {
  readonly service: 'fpa'
}

/** A service for `createToken`; made by {@link convoAI}. */
export interface ConvoAiGrant {
  readonly service: 'convoAI'
}

/** A service for `createToken`; made by {@link stt}. */
export interface SttGrant {
  readonly service: 'stt'
}

/** Lets the token be used for FPA (full-path acceleration). */
export function fpa(): FpaGrant {
  return { service: 'fpa' }
}

/** Lets the token be used for conversational AI; goes beside `rtc` and `rtm`. */
export function convoAI(): ConvoAiGrant {
  return { service: 'convoAI' }
}

/** Lets the token be used for speech to text; goes beside `rtc` and `rtm`. */
export function stt(): SttGrant {
  return { service: 'stt' }
}

/** Turns the grant into claims. The reference builder writes a login of 0: as long as the token. */
export function fpaClaims(): FpaClaims {
  return { service: 'fpa', privileges: { login: 0 } }
}

/** Turns the grant into claims. */
export function convoAiClaims(): ConvoAiClaims {
  return { service: 'convoAI', privileges: {} }
}

/** Turns the grant into claims. */
export function sttClaims(): SttClaims {
  return { service: 'stt', privileges: {} }
}
