import type { ConvoAiClaims, FpaClaims, SttClaims } from '../layout/layouts.ts'

/** What {@link fpa} returns. */
export interface FpaGrant {
  readonly service: 'fpa'
}

/** What {@link convoAI} returns. */
export interface ConvoAiGrant {
  readonly service: 'convoAI'
}

/** What {@link stt} returns. */
export interface SttGrant {
  readonly service: 'stt'
}

/** Grants FPA (full-path acceleration) for as long as the token lasts. */
export function fpa(): FpaGrant {
  return { service: 'fpa' }
}

/** Grants conversational AI. Pass it together with `rtc()` and `rtm()`, as Agora's own builder does. */
export function convoAI(): ConvoAiGrant {
  return { service: 'convoAI' }
}

/** Grants speech to text. Pass it together with `rtc()` and `rtm()`, as Agora's own builder does. */
export function stt(): SttGrant {
  return { service: 'stt' }
}

/** Turns the grant into claims. Like the reference builder, it writes 0: as long as the token. */
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
