import { MAX_LIFE_SECONDS } from '@rtc-token/core'
import type { FaultBoard } from '../control/faults.ts'
import type { Judge } from './judge.ts'
import { identityOf, type Member } from '../platform/member.ts'
import type { Refusal } from '../platform/platform-codes.ts'
import type { Pass } from '../sessions/session.ts'
import { tokenFingerprint } from './token-fingerprint.ts'

/** A token as a client presents it. */
export interface Application {
  readonly appId: string
  readonly token: string
  readonly member: Member
}

/** What became of it. Both outcomes name the token by its fingerprint. */
type Admission =
  | { readonly pass: Pass; readonly refused?: never }
  | { readonly refused: Refused; readonly pass?: never }

/** Why a client is kept out. */
interface Refused {
  readonly refusal: Refusal
  readonly reason: string
  readonly tokenFingerprint: string
}

/** More tokens than any test uses; it keeps an edge that runs for weeks from growing. */
const REMEMBERED_TOKENS = 10_000

/** Decides on every token that reaches the edge, wherever it arrives. */
export interface Gatekeeper {
  /** At the access point and at a join. */
  readonly admit: (application: Application) => Admission
  /** At a renewal. */
  readonly renew: (application: Application) => Admission
}

/** What the gatekeeper works with. */
export interface GatekeeperOptions {
  readonly appId: string
  readonly judge: Judge
  readonly faults: FaultBoard
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** Creates the gatekeeper of one App ID; an application for another is refused unjudged. */
export function createGatekeeper({ appId, judge, faults, clock }: GatekeeperOptions): Gatekeeper {
  const dayLimit = createDayLimit(clock)

  function decide({ appId: asked, token, member }: Application, fault: Refusal | false): Admission {
    const named = { tokenFingerprint: tokenFingerprint(token) }
    const refuse = (refusal: Refusal, reason: string): Admission => ({
      refused: { refusal, reason, ...named },
    })
    if (fault !== false) return refuse(fault, 'FAULT')
    if (asked !== appId) return refuse('app-unknown', 'APP_ID_UNKNOWN')
    // Who joins without a token sends the App ID in its place.
    if (token === '' || token === appId) return refuse('token-missing', 'TOKEN_MISSING')
    const verdict = judge(token, { appId, channel: member.channel, user: identityOf(member) })
    if (!verdict.accepted) return refuse(verdict.refusal, verdict.reason)
    const expiresAt = Math.min(verdict.expiresAt, dayLimit(named.tokenFingerprint))
    if (expiresAt * 1000 <= clock()) return refuse('expired', 'OLDER_THAN_A_DAY')
    return { pass: { ...named, expiresAt, mayPublish: verdict.mayPublish ?? true } }
  }

  return {
    admit: (application) => decide(application, faults.of(application.member).refuseJoins),
    renew: (application) => decide(application, faults.of(application.member).refuseRenewals),
  }
}

/**
 * The service ends every token after 24 hours, but one of version 006 does not say when it was made:
 * its day begins when the edge first sees it.
 */
function createDayLimit(clock: () => number): (tokenFingerprint: string) => number {
  const firstSeen = new Map<string, number>()
  return (tokenFingerprint) => {
    const seenAt = firstSeen.get(tokenFingerprint) ?? Math.floor(clock() / 1000)
    firstSeen.set(tokenFingerprint, seenAt)
    const [oldest = ''] = firstSeen.keys()
    if (firstSeen.size > REMEMBERED_TOKENS) firstSeen.delete(oldest)
    return seenAt + MAX_LIFE_SECONDS
  }
}
