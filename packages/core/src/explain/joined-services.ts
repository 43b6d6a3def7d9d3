import type { RtcClaims } from '../layout/layouts.ts'
import type { DecodedToken007 } from '../version-007/decoded-token-007.ts'
import type { Expected } from './expectations.ts'

/** The RTC services of a token. */
export function rtcServices({ services }: DecodedToken007): RtcClaims[] {
  return services.filter((claims) => claims.service === 'rtc')
}

/** Blank and `*`, which Agora reads as every channel or every user. */
export function isWildcard(name: string): boolean {
  return name === '' || name === '*'
}

/** The RTC services that admit to the expected channel; all RTC services when none does. */
export function joinedServices(token: DecodedToken007, { channel }: Expected): RtcClaims[] {
  const all = rtcServices(token)
  const here = all.filter((rtc) => rtc.channel === channel || isWildcard(rtc.channel))
  return here.length > 0 ? here : all
}
