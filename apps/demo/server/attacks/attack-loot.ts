import { decodeToken, explainToken, fingerprint } from '@rtc-token/core'

/** What a reply gave away: the content of its token, never the token. */
export interface Loot {
  readonly fingerprint: string
  readonly channel: string
  /** The user the token is for; `null` when any user can use it. */
  readonly user: string | null
  readonly privileges: readonly string[]
  /** Unix seconds: when Agora stops honouring it, even if it claims a later end. */
  readonly endsAt: number
  readonly livesSeconds: number
  /** What is wrong with it, in plain words. */
  readonly findings: readonly string[]
}

const TOKEN = /00[67][A-Za-z0-9+/]{30,}={0,2}/g

/** Reads what a reply gave away; `null` when there is no token in it. */
export function lootOf(reply: string): Loot | null {
  const [token] = reply.match(TOKEN) ?? []
  if (token === undefined) return null
  const decoded = decodeToken(token)
  const rtc = decoded.version === '007' ? decoded.services.find(isRtc) : undefined
  const issuedAt = decoded.version === '007' ? decoded.issuedAt : 0
  return {
    fingerprint: fingerprint(token),
    channel: rtc?.channel ?? '',
    user: rtc?.user || null,
    privileges: Object.keys(rtc?.privileges ?? {}),
    endsAt: decoded.expiresAt,
    livesSeconds: decoded.expiresAt - issuedAt,
    findings: explainToken(token).findings.flatMap(faultOf),
  }
}

/** Puts the fingerprint in the place of every token in a text. */
export function withoutTokens(text: string): string {
  return text.replaceAll(TOKEN, (token) => `(token ${fingerprint(token)})`)
}

type Claims = Extract<ReturnType<typeof decodeToken>, { version: '007' }>['services'][number]

function isRtc(claims: Claims): claims is Extract<Claims, { service: 'rtc' }> {
  return claims.service === 'rtc'
}

function faultOf({
  severity,
  message,
}: {
  readonly severity: string
  readonly message: string
}): readonly string[] {
  return severity === 'info' ? [] : [message]
}
