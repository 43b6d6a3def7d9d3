import { type Identity, isTokenError, type VerifiedToken, verifyToken } from '@rtc-token/core'
import { servicesOfSession } from '@rtc-token/core/contract'
import type { Refusal } from '../platform/platform-codes.ts'

/** What a token is held against. */
export interface JudgeContext {
  readonly appId: string
  readonly channel: string
  readonly user: Identity
}

/** Whether a token lets this user into this channel now. */
export type Verdict =
  | {
      readonly accepted: true
      /** Unix seconds. */
      readonly expiresAt: number
      /** Whether it holds a right to publish sound or pictures. Default true. */
      readonly mayPublish?: boolean
    }
  | {
      readonly accepted: false
      readonly refusal: Refusal
      /** For people and tests, such as `SIGNATURE_INVALID`. Never holds the token. */
      readonly reason: string
    }

/** Decides on a token. Tests may plug in a verifier that shares no code with the product. */
export type Judge = (token: string, context: JudgeContext) => Verdict

/**
 * Judges with `verifyToken` of `@rtc-token/core`.
 *
 * @param certificates - says which are in force: two while a project changes its certificate
 * @param clock - gives unix milliseconds
 */
export function coreJudge(certificates: () => readonly string[], clock: () => number): Judge {
  return (token, context) => {
    try {
      const { appId, channel, user } = context
      // The service takes patterns in names, so its stand-in does.
      const expected = { appCertificates: certificates(), appId, channel, ...user, patterns: true }
      const verified = verifyToken(token, { ...expected, now: clock() / 1000 })
      const rights = rightsOf(verified, context)
      if (!rights.has('joinChannel')) return refuse('invalid', 'JOIN_PRIVILEGE_MISSING')
      const mayPublish = rights.has('publishAudioStream') || rights.has('publishVideoStream')
      return { accepted: true, expiresAt: verified.expiresAt, mayPublish }
    } catch (error) {
      if (!isTokenError(error)) throw error
      return refuse(error.code === 'TOKEN_EXPIRED' ? 'expired' : 'invalid', error.code)
    }
  }
}

function refuse(refusal: Refusal, reason: string): Verdict {
  return { accepted: false, refusal, reason }
}

// verifyToken checks signature, channel and user; that the token opens the door at all is asked here.
function rightsOf(token: VerifiedToken, { channel, user }: JudgeContext): ReadonlySet<string> {
  if (token.version === '006') return new Set(Object.keys(token.privileges))
  const rtc = token.services.filter((claims) => claims.service === 'rtc')
  const used = servicesOfSession(rtc, { channel, user: user.account ?? String(user.uid) })
  return new Set(used.flatMap(({ privileges }) => Object.keys(privileges)))
}
