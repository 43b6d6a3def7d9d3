import { readToken } from '../../token/read-token.ts'
import type { TokenScope } from '../../session-adapter.ts'
import { toGrant } from '../../token/token-grant.ts'
import { checkScope } from '../../token/token-scope.ts'
import type { TokenGrant } from '../../token-source.ts'

// Renewals of sessions on one token spread over 5 % of its life: a fifth of a quarter.
const REUSED_PART_OF_LIFE = 0.05

/** What the source said, and how long ago it was asked. @internal */
export interface Answer {
  readonly grant: TokenGrant
  readonly ageMs: () => number
  /** From when it was asked; undefined where nothing tells. */
  readonly lifeMs: number | undefined
}

/** @throws {RenewError} GRANT_INVALID @internal */
export function toAnswer(said: unknown, ageMs: () => number): Answer {
  const grant = toGrant(said)
  const seconds = Math.min(grant.expiresIn ?? Infinity, readToken(grant.token)?.life ?? Infinity)
  return { grant, ageMs, lifeMs: seconds < Infinity ? seconds * 1000 : undefined }
}

/** Whether it is so new that asking again would bring no better one. @internal */
export function isNew({ ageMs, lifeMs = 0 }: Answer): boolean {
  return ageMs() < lifeMs * REUSED_PART_OF_LIFE
}

/** Whether it still lives; false where nothing tells. @internal */
export function isAlive({ ageMs, lifeMs = 0 }: Answer): boolean {
  return ageMs() < lifeMs
}

/** The grant for somebody who counts from a moment `ms` after the source was asked. @internal */
export function grantAfter({ grant, lifeMs }: Answer, ms: number): TokenGrant {
  const { renewIn, ...rest } = grant
  const renewInMs = (renewIn ?? 0) * 1000 - ms
  return {
    ...rest,
    ...(lifeMs !== undefined && { expiresIn: (lifeMs - ms) / 1000 }),
    ...(renewInMs > 0 && { renewIn: renewInMs / 1000 }),
  }
}

/** The grant without the user it was made for, which another service may call by another name. @internal */
export function withoutUser({ token, expiresIn, renewIn }: TokenGrant): TokenGrant {
  return {
    token,
    ...(expiresIn !== undefined && { expiresIn }),
    ...(renewIn !== undefined && { renewIn }),
  }
}

/** Whether the token says itself that it serves this session too. @internal */
export function serves({ grant }: Answer, scope: TokenScope): boolean {
  const said = readToken(grant.token)
  if (!said || said.services.length === 0) return false
  try {
    checkScope(said, scope)
    return true
  } catch {
    return false
  }
}
