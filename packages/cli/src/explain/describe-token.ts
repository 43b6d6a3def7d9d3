import type { DecodedToken, ServiceClaims } from '@rtc-token/core'
import { fingerprint } from '@rtc-token/core'
import { lengthText } from '../output/moments.ts'
import { type Line, line, span, wrap } from '../output/screen.ts'

/**
 * Returns an App ID in a form that is safe to show. If the App ID and the certificate were swapped when the token was
 * made, the App ID in it is the secret.
 */
function shownAppId(appId: string): string {
  // Core returns an empty string for an App ID that is the certificate.
  if (appId === '') return '(not shown: it is the App Certificate)'
  return `${appId.slice(0, 4)}…${appId.slice(-4)}`
}

/** Returns a name, unless it has the form of a certificate: after a swap of arguments, it may be the secret. */
export function shownName(name: string): string {
  return /[0-9a-f]{32}/i.test(name) ? '(a string with 32 hexadecimal digits)' : name
}

/** The content of a token, for programs. Without its signature and salt, so that the token cannot be rebuilt. */
export function tokenData(token: DecodedToken): object {
  const { salt: _salt, appId, ...rest } = token
  const services = token.version === '007' ? { services: token.services.map(serviceData) } : {}
  return {
    ...rest,
    ...services,
    appId: shownAppId(appId),
    ...(appId !== '' && { appIdFingerprint: fingerprint(appId) }),
  }
}

function serviceData(claims: ServiceClaims): object {
  if (claims.service === 'unknown')
    return { service: 'unknown', type: claims.type, bytes: claims.bytes.length }
  const entries = Object.entries(claims).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? shownName(value) : value,
  ])
  return Object.fromEntries(entries)
}

/** Draws the content of a token as a small table. */
export function drawToken(token: DecodedToken, width: number): Line[] {
  const rows: readonly (readonly [string, string])[] = [
    ['version', token.version],
    ['App ID', shownAppId(token.appId)],
    ...(token.version === '007' ? token.services.flatMap(serviceRows) : rows006(token)),
  ]
  const label = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows.flatMap(([name, text]) => {
    const [first = line(), ...more] = wrap(text, width, ' '.repeat(label + 2))
    return [line('  ', span(name.padEnd(label), 'faint'), ...first.slice(1)), ...more]
  })
}

function rows006({
  channelCrc32,
  userCrc32,
  privileges,
}: Extract<DecodedToken, { version: '006' }>) {
  const user = userCrc32 === 0 ? 'any user' : `user with checksum ${hex(userCrc32)}`
  return [
    ['for', `channel with checksum ${hex(channelCrc32)}, ${user}`],
    ['may', Object.keys(privileges).join(', ') || 'nothing'],
  ] as const
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0')
}

function serviceRows(claims: ServiceClaims): readonly (readonly [string, string])[] {
  if (claims.service === 'unknown')
    return [['unknown', `service ${claims.type}, which this version does not know`]]
  const { service, privileges, ...members } = claims
  const names = Object.entries(members).flatMap(([name, value]) => memberText(name, value))
  const may = Object.entries(privileges).map(
    ([name, life]) => `${name}${life === 0 ? '' : ` ${lengthText(life)}`}`,
  )
  return [
    [service, names.join(', ') || 'for the whole project'],
    ['  may', may.join(', ') || 'what the service allows'],
  ]
}

function memberText(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return [`${value.length} permissions`]
  if (value === '')
    return [name === 'channel' ? 'any channel' : name === 'roomUuid' ? 'any room' : 'any user']
  return [`${name} ${typeof value === 'string' ? shownName(value) : String(value)}`]
}
