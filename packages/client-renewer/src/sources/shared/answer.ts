import { FIRST_RENEWAL_PERCENT, RENEWAL_LEAD_PERCENT } from '@rtc-token/core/contract'
import type { TokenScope } from '../../session-adapter.ts'
import type { TokenGrant } from '../../token-source.ts'
import { readToken } from '../../token/read-token.ts'
import { toGrant } from '../../token/token-grant.ts'
import { lifeFor } from '../../token/token-scope.ts'

// First renewals of sessions that joined together are due within this part of a life of each other. A session
// that then takes the token of another renews with it from then on.
const REUSED_PART_OF_LIFE = (100 - RENEWAL_LEAD_PERCENT - FIRST_RENEWAL_PERCENT) / 100

/** What the app's source answered, and how long ago it was asked. @internal */
export interface Answer {
  readonly grant: TokenGrant
  readonly ageMs: () => number
  /** Milliseconds from the request to the end of the token; undefined when that is not known. */
  readonly lifeMs: number | undefined
}

/** @throws {RenewError} GRANT_INVALID @internal */
export function toAnswer(returned: unknown, ageMs: () => number): Answer {
  const grant = toGrant(returned)
  const seconds = Math.min(grant.expiresIn ?? Infinity, readToken(grant.token)?.life ?? Infinity)
  return { grant, ageMs, lifeMs: seconds < Infinity ? seconds * 1000 : undefined }
}

/** Checks whether an answer is so new that another request would bring no better token. @internal */
export function isNew({ ageMs, lifeMs = 0 }: Answer): boolean {
  return ageMs() < lifeMs * REUSED_PART_OF_LIFE
}

/** Checks whether half of the lifetime is over, so that a session should ask again. @internal */
export function isOld({ ageMs, lifeMs = Infinity }: Answer): boolean {
  return ageMs() >= lifeMs / 2
}

/** Checks that the token has not expired; false when the lifetime is unknown. @internal */
export function isAlive({ ageMs, lifeMs = 0 }: Answer): boolean {
  return ageMs() < lifeMs
}

/** Returns the grant for a session that counts from `ms` after the request. @internal */
export function grantAfter({ grant, lifeMs }: Answer, ms: number): TokenGrant {
  const { renewIn, ...rest } = grant
  const renewInMs = (renewIn ?? 0) * 1000 - ms
  return {
    ...rest,
    ...(lifeMs !== undefined && { expiresIn: (lifeMs - ms) / 1000 }),
    ...(renewInMs > 0 && { renewIn: renewInMs / 1000 }),
  }
}

/** Returns the grant without its user, who may have another name in another service. @internal */
export function withoutUser({ token, expiresIn, renewIn }: TokenGrant): TokenGrant {
  return {
    token,
    ...(expiresIn !== undefined && { expiresIn }),
    ...(renewIn !== undefined && { renewIn }),
  }
}

/** Returns the answer for one session, whose service may expire before the token. @internal */
export function answerFor(answer: Answer, scope: TokenScope): Answer {
  const token = readToken(answer.grant.token)
  if (!token) return answer
  const lifeMs = Math.min(answer.lifeMs ?? Infinity, lifeFor(token, scope, false) * 1000)
  return { ...answer, lifeMs }
}

/** Checks whether the token itself says that it is also for this session. @internal */
export function serves({ grant }: Answer, scope: TokenScope): boolean {
  const token = readToken(grant.token)
  // A service that could not be read may be for anything.
  const services = token?.services.filter(({ user }) => user !== undefined) ?? []
  if (!token || services.length === 0) return false
  try {
    lifeFor({ ...token, services }, scope, true)
    return true
  } catch {
    return false
  }
}
