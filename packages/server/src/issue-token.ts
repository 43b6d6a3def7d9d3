import { createToken, rtc } from '@rtc-token/core'
import type { TokenReply } from '@rtc-token/core/contract'

import type { SignableWish } from './grant.ts'
import type { Settings } from './handler-options.ts'

type Signer = Pick<Settings<unknown>, 'project' | 'version' | 'clock' | 'random'>

const SHORT_LIFE_SECONDS = 180
const JITTER = 0.2

/**
 * Signs a token and says what it grants. A token of core lives for exactly the ttl it was made with.
 *
 * @internal
 */
export function issueToken(granted: SignableWish, signer: Signer, requestId: string): TokenReply {
  const { services, channel, identity, role, ttl: expiresIn } = granted
  const { project, version } = signer
  const issuedAt = Math.floor(signer.clock() / 1000)
  const grants = [rtc({ ...identity, channel, role })]
  const token = createToken({ ...project, version, issuedAt, ttl: expiresIn, services: grants })
  const renewIn = renewalDelay(expiresIn, signer.random())
  const life = { issuedAt, expiresAt: issuedAt + expiresIn, expiresIn, renewIn }
  const { appId } = project
  return { token, appId, services, channel, ...identity, role, ...life, requestId }
}

/**
 * Says after how many seconds to ask for the next token: a quarter of the life before its end, so
 * that at one hour an outage of ten minutes costs nobody a call, or half of the life when that is
 * under three minutes. Jitter makes it earlier by up to a fifth of that lead and never later, so
 * that those who joined together do not come back together.
 *
 * @internal
 * @param random from 0 to below 1
 */
export function renewalDelay(expiresIn: number, random: number): number {
  const lead = expiresIn * (expiresIn < SHORT_LIFE_SECONDS ? 0.5 : 0.25)
  return Math.max(1, Math.floor(expiresIn - lead * (1 + JITTER * random)))
}
