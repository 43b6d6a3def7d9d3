import { RTC_PRIVILEGE_IDS } from '../layout/layouts.ts'
import type { DecodedToken } from '../token/decode-token.ts'
import type { DecodedToken007 } from '../version-007/decoded-token-007.ts'
import type { Privileges } from '../wire/privilege-map.ts'
import type { Expected } from './expectations.ts'
import { type Finding, finding } from './finding.ts'
import { joinedServices, rtcServices } from './joined-services.ts'

/** Explains what a token grants, and what is missing for joining and publishing. */
export function explainGrants(token: DecodedToken, expected: Expected): Finding[] {
  if (token.version === '007') return explainGrants007(token, expected)
  const old = finding('OLD_VERSION', 'Version 007 was expected, 006 arrived, the older format.')
  if (!('rtmLogin' in token.privileges)) return [...explainPrivileges(token.privileges), old]
  return [noRtc('rtm', expected), old]
}

function explainGrants007(token: DecodedToken007, expected: Expected): Finding[] {
  const names = [...new Set(token.services.map(({ service }) => service))]
  const noService = rtcServices(token).length === 0 && !names.includes('unknown')
  return [
    ...(noService ? [noRtc(names.join(', ') || 'nothing', expected)] : []),
    ...joinedServices(token, expected).flatMap(({ privileges }) => explainPrivileges(privileges)),
    ...token.services.flatMap(explainService),
  ]
}

/** Fatal when a channel is expected; otherwise the token may be right for another service. */
function noRtc(names: string, { channel }: Expected): Finding {
  const message = `The service rtc was expected, the token holds ${names}: no channel can be joined with it.`
  const isWanted = channel !== undefined || names === 'nothing'
  return finding('NO_RTC_SERVICE', message, isWanted ? 'fatal' : 'info')
}

function explainPrivileges(privileges: Privileges): Finding[] {
  const missing = Object.keys(RTC_PRIVILEGE_IDS).filter((name) => !(name in privileges))
  if (missing.includes('joinChannel')) {
    const message = 'The privilege joinChannel was expected, the token does not grant it.'
    return [finding('NO_JOIN_PRIVILEGE', message)]
  }
  if (missing.length === 0) return []
  const message = `For publishing all privileges were expected, the token does not grant ${missing.join(', ')}.`
  return [finding('NO_PUBLISH_PRIVILEGE', message)]
}

function explainService(claims: DecodedToken007['services'][number]): Finding[] {
  if (claims.service === 'unknown') {
    const message = `Services 1 to 10 were expected, number ${claims.type} arrived; it and what follows were not read.`
    return [finding('UNKNOWN_SERVICE', message)]
  }
  const isBlank = (claims.service === 'rtm' || claims.service === 'rtm2') && claims.userId === ''
  if (!isBlank) return []
  return [finding('RTM_USER_BLANK', `A user id was expected for ${claims.service}, none arrived.`)]
}
