import { chat, rtc, rtm, type ServiceGrant } from '@rtc-token/core'
import {
  FIRST_RENEWAL_PERCENT,
  RENEWAL_JITTER_PERCENT,
  RENEWAL_LEAD_PERCENT,
  type ServiceName,
  SHORT_LIFE_SECONDS,
  SHORT_RENEWAL_LEAD_PERCENT,
  type TokenReply,
} from '@rtc-token/core/contract'

import type { SignableWish } from '../policy/apply-decision.ts'
import { type Key, signWith } from '../keys/key-ring.ts'
import type { BaseSettings } from '../options/settings.ts'
import { userText } from '../policy/policy.ts'

/** What signing needs in addition to the wish. */
export interface Signer extends Pick<BaseSettings, 'version' | 'random'> {
  readonly appId: string
  readonly key: Key
  /** Unix seconds of the decision. A later time would move the expiries that were granted. */
  readonly issuedAt: number
  /** Whether the request had no previous token, so that its renewal is the first of a session. */
  readonly isFirst: boolean
}

const GRANT_OF: Record<ServiceName, (wish: SignableWish) => ServiceGrant> = {
  rtc: rtcGrant,
  rtm: ({ identity }) => rtm({ userId: userText(identity) }),
  chat: ({ identity }) => chat({ userId: userText(identity) }),
}

/**
 * Signs a token and makes the reply. The token expires when its first privilege to join or to log in expires.
 *
 * @internal
 */
export function issueToken(granted: SignableWish, signer: Signer, requestId: string): TokenReply {
  const { services, identity, channel, role, ttl, privileges } = granted
  const { appId, version, key, issuedAt } = signer
  const token = signWith(key, appId, {
    version,
    issuedAt,
    ttl,
    services: services.map((service) => GRANT_OF[service](granted)),
  })
  const isOfRtc = services.includes('rtc')
  const expiresIn = (isOfRtc ? privileges?.joinChannel : undefined) ?? ttl
  const renewIn = renewalDelay(expiresIn, signer.random(), signer.isFirst)
  const life = { issuedAt, expiresAt: issuedAt + expiresIn, expiresIn, renewIn }
  const place = isOfRtc ? { channel, role } : {}
  return { token, appId, services, ...place, ...identity, ...life, requestId }
}

function rtcGrant({ identity, channel, role, privileges }: SignableWish): ServiceGrant {
  if (privileges) return rtc({ ...identity, channel, privileges })
  // Not spread, because spreading the identity would take longer than the checks of rtc().
  const { uid, account } = identity
  return uid === undefined ? rtc({ account, channel, role }) : rtc({ uid, channel, role })
}

/**
 * Computes after how many seconds the client should ask for the next token: at the latest a quarter of the life
 * before it expires, so that with tokens of one hour an outage of ten minutes ends no call, or half of the life
 * when that is under three minutes. Chance makes it earlier and never later: the first renewal of a session by up to
 * 35 % of the life, so that clients that joined together do not renew together, and later ones by up to a fifth of
 * that lead. The renewer has the same rule for tokens of other servers.
 *
 * @internal
 * @param random - from 0 to below 1
 * @param isFirst - whether the request had no previous token
 */
export function renewalDelay(expiresIn: number, random: number, isFirst: boolean): number {
  const isShort = expiresIn < SHORT_LIFE_SECONDS
  const lead = isShort ? SHORT_RENEWAL_LEAD_PERCENT : RENEWAL_LEAD_PERCENT
  const latest = 100 - lead
  const width = isFirst ? latest - FIRST_RENEWAL_PERCENT : (lead * RENEWAL_JITTER_PERCENT) / 100
  return Math.max(1, Math.floor((expiresIn * (latest - width * random)) / 100))
}
