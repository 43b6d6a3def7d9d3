import {
  AccessToken,
  AccessToken2,
  ApaasTokenBuilder,
  ChatTokenBuilder2,
  ConvoAITokenBuilder,
  EducationTokenBuilder2,
  RtcTokenBuilder,
  RtcTokenBuilder2,
  RtmTokenBuilder,
} from '@rtc-token/core/builders'
import { verifyToken } from '@rtc-token/core'
import type { BuilderVector } from './vectors.ts'

const DAY_SECONDS = 86_400
const FAMILIES: Readonly<Record<string, unknown>> = {
  rtc6: RtcTokenBuilder,
  rtm6: RtmTokenBuilder,
  rtc7: RtcTokenBuilder2,
  chat7: ChatTokenBuilder2,
  edu7: EducationTokenBuilder2,
  apaas7: ApaasTokenBuilder,
  convoai7: ConvoAITokenBuilder,
}

/**
 * Calls the builder that a row names. A builder signs for now and with a salt of its own: what it
 * signed is read and signed again for the row's moment and with the row's salt.
 */
export function callBuilder(vector: BuilderVector): string {
  const { fn, args } = vector.request
  const [family = '', name = ''] = fn.split('.')
  const builder = FAMILIES[family] as Record<string, (...args: unknown[]) => string>
  const token = builder[name]!(...args)
  return token.startsWith('007') ? restamp007(token, vector) : restamp006(token, vector)
}

function restamp007(token: string, { request }: BuilderVector): string {
  const [appId, appCertificate] = request.args
  verifyToken(token, { appId, appCertificate })
  const read = new AccessToken2(appId, appCertificate, request.now)
  read.fromString(token)
  Object.assign(read, { issueTs: request.now, salt: request.salt })
  return read.build()
}

// A 006 token does not hold what it is signed for: signing it again with its own salt shows it.
function restamp006(token: string, { request }: BuilderVector): string {
  const [appId, appCertificate, place, user = ''] = request.args
  const isRtm = request.fn.startsWith('rtm')
  const read = new AccessToken(appId, appCertificate, place, isRtm ? '' : user)
  read.fromString(token)
  if (read.build() !== token) throw new Error('the builder signed for another channel or user')
  Object.assign(read, { salt: request.salt, ts: request.now + DAY_SECONDS })
  return read.build()
}
