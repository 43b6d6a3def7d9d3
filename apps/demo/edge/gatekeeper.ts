import type { Judge } from './judge.ts'
import { identityOf, type Member } from './member.ts'
import type { Refusal } from './platform-codes.ts'
import type { Pass } from './session.ts'
import { tokenFingerprint } from './token-fingerprint.ts'

/** A token as somebody presents it. */
interface Application {
  readonly appId: string
  readonly token: string
  readonly member: Member
}

/** What became of it. Both outcomes name the token by its fingerprint. */
type Admission =
  | { readonly pass: Pass; readonly refused?: never }
  | { readonly refused: Refused; readonly pass?: never }

/** Why somebody is kept out. */
interface Refused {
  readonly refusal: Refusal
  readonly reason: string
  readonly tokenFingerprint: string
}

/** Decides on every token that reaches the edge, wherever it arrives. */
export type Gatekeeper = (application: Application) => Admission

/** Creates the gatekeeper of one App ID; an application for another is refused unjudged. */
export function createGatekeeper(appId: string, judge: Judge): Gatekeeper {
  return ({ appId: asked, token, member }) => {
    const fingerprint = { tokenFingerprint: tokenFingerprint(token) }
    if (asked !== appId) {
      return { refused: { refusal: 'invalid', reason: 'APP_ID_UNKNOWN', ...fingerprint } }
    }
    const verdict = judge(token, { appId, channel: member.channel, user: identityOf(member) })
    if (verdict.accepted) return { pass: { expiresAt: verdict.expiresAt, ...fingerprint } }
    const { refusal, reason } = verdict
    return { refused: { refusal, reason, ...fingerprint } }
  }
}
