import { readWithAgoraToken } from '@rtc-token/agora-oracle'
import type { Judge } from '@rtc-token/edge'
import { PROJECT } from './scene.ts'

/** Decides on tokens with `agora-token` alone: no line of it is shared with the product. */
export const agoraTokenJudge: Judge = (token, { appId, channel, user }) => {
  const reading = readWithAgoraToken(token, PROJECT.appCertificate)
  const [service] = reading.services
  const expiresAt = reading.issuedAt + reading.expiresIn
  const isGood =
    reading.isSigned &&
    reading.appId === appId &&
    service?.channel === channel &&
    service.user === (user.account ?? String(user.uid)) &&
    service.privileges[1] === reading.expiresIn
  if (!isGood) return { accepted: false, refusal: 'invalid', reason: 'AGORA_TOKEN_SAYS_NO' }
  if (expiresAt * 1000 > Date.now()) return { accepted: true, expiresAt }
  return { accepted: false, refusal: 'expired', reason: 'TOKEN_EXPIRED' }
}
