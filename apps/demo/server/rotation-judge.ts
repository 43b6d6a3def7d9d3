import { isTokenError, type VerifiedToken, verifyToken } from '@rtc-token/core'
import type { Judge, Verdict } from '@rtc-token/edge'
import type { RotatingKeys } from './rotation-keys.ts'

/** What a judge decides by. */
export interface RotationJudgeOptions {
  readonly keys: Pick<RotatingKeys, 'inForce'>
  /** Unix milliseconds, as the edge believes them to be. */
  readonly clock: () => number
  /** Is told every token that was put to the judge. */
  readonly heard?: (token: string, verdict: Verdict) => void
}

/**
 * Judges as Agora does while a project has two certificates: a token of either is good, until one of
 * them is dropped.
 */
export function createRotationJudge({ keys, clock, heard }: RotationJudgeOptions): Judge {
  return (token, context) => {
    const appCertificates = keys.inForce.map(({ certificate }) => certificate)
    const { appId, channel, user } = context
    const expected = { appCertificates, appId, channel, ...user, now: clock() / 1000 }
    const verdict = judge(token, expected)
    heard?.(token, verdict)
    return verdict
  }
}

function judge(token: string, expected: Parameters<typeof verifyToken>[1]): Verdict {
  try {
    const verified = verifyToken(token, expected)
    const rights = rightsOf(verified, expected.channel)
    if (!rights.has('joinChannel')) return refuse('invalid', 'JOIN_PRIVILEGE_MISSING')
    const mayPublish = rights.has('publishAudioStream') || rights.has('publishVideoStream')
    return { accepted: true, expiresAt: verified.expiresAt, mayPublish }
  } catch (error) {
    if (!isTokenError(error)) throw error
    return refuse(error.code === 'TOKEN_EXPIRED' ? 'expired' : 'invalid', error.code)
  }
}

function refuse(refusal: 'expired' | 'invalid', reason: string): Verdict {
  return { accepted: false, refusal, reason }
}

// verifyToken says who signed what for whom; that the token opens the door at all is asked here.
function rightsOf(token: VerifiedToken, channel: string | undefined): ReadonlySet<string> {
  if (token.version === '006') return new Set(Object.keys(token.privileges))
  const rights = token.services.flatMap((claims) =>
    claims.service === 'rtc' && claims.channel === channel ? Object.keys(claims.privileges) : [],
  )
  return new Set(rights)
}
