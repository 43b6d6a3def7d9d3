import { decodeToken, explainToken, fingerprint } from '@rtc-token/core'
import type { Finding } from '../../output/finding.ts'
import { lengthText, momentText } from '../../output/moments.ts'
import { shownName } from '../../explain/describe-token.ts'
import type { Answer } from './ask.ts'

/** A token from an endpoint, and what it grants. Only its fingerprint is shown. */
export interface Loot {
  readonly token: string
  readonly fingerprint: string
  readonly channel: string
  /** Empty for any user. */
  readonly user: string
  readonly isPublisher: boolean
  /** The life in the token, in seconds; 0 for 006, which has none. */
  readonly writtenSeconds: number
  /** Unix seconds. */
  readonly issuedAt: number
  readonly endsAt: number
  /** Faults of the token itself. */
  readonly findings: readonly Finding[]
}

// A token inside JSON or other text: a run of base64.
const TOKEN = /00[67][A-Za-z0-9+/]{40,}={0,2}/g
const OF_ITSELF = new Set([
  'TIME_ABSOLUTE_IN_007',
  'TIME_RELATIVE_IN_006',
  'LIFE_ZERO',
  'LIFE_OVER_24_HOURS',
  'TOKEN_ENDED',
  'OLD_VERSION',
])

/** The first token in a reply, and what it grants. */
export function lootIn({ text, at }: Answer): Loot | undefined {
  for (const [token] of text.matchAll(TOKEN)) {
    try {
      return describe(token, at)
    } catch {
      // Not a token; the next may be one.
    }
  }
  return undefined
}

function describe(token: string, now: number): Loot {
  const decoded = decodeToken(token)
  const findings = explainToken(token, { now }).findings.filter(({ code }) => OF_ITSELF.has(code))
  const common = { token, fingerprint: fingerprint(token), endsAt: decoded.expiresAt, findings }
  if (decoded.version === '006') {
    const { privileges, userCrc32 } = decoded
    const isPublisher = 'publishVideoStream' in privileges || 'publishAudioStream' in privileges
    const user = userCrc32 === 0 ? '' : '(006)'
    return { ...common, channel: '(006)', user, isPublisher, writtenSeconds: 0, issuedAt: now }
  }
  const rtc = decoded.services.find((it) => it.service === 'rtc')
  const privileges = rtc?.privileges ?? {}
  return {
    ...common,
    channel: rtc?.channel ?? '',
    user: rtc?.user === '0' ? '' : (rtc?.user ?? ''),
    isPublisher: 'publishVideoStream' in privileges || 'publishAudioStream' in privileges,
    writtenSeconds: decoded.expiresIn,
    issuedAt: decoded.issuedAt,
  }
}

/** Describes what a token grants, for which user and until when. */
export function lootText({ channel, user, isPublisher, endsAt, issuedAt }: Loot): string {
  const where =
    channel === '(006)'
      ? 'the channel'
      : channel === '' || channel === '*'
        ? 'every channel'
        : `channel ${quoted(channel)}`
  const who = user === '' ? 'any user' : user === '(006)' ? 'the user' : `user ${quoted(user)}`
  const what = isPublisher ? ', who may publish,' : ''
  return `${where} for ${who}${what} until ${momentText(endsAt)} UTC (${lengthText(endsAt - issuedAt)})`
}

const LONGEST_NAME = 80

function quoted(name: string): string {
  return JSON.stringify(shownName(name).slice(0, LONGEST_NAME))
}
