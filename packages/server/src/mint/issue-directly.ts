import type { TokenReply, TokenRequestBody } from '@rtc-token/core/contract'

import { startRequest } from '../request/request-state.ts'
import { isFailure, toRefusal } from '../errors/failure.ts'
import { tell } from '../errors/fault-report.ts'
import { mint } from './mint.ts'
import { recordRefused } from '../request/record-decision.ts'
import { Refusal } from '../errors/refusal.ts'
import type { Settings } from '../options/settings.ts'

/** What `handler.issue` passes on to the policy and the audit. */
export interface IssueContext {
  /** The IP address of the user. */
  readonly ip?: string
}

const NO_SUBJECT = { reason: 'no_subject', detail: 'issue() got no subject' } as const

/**
 * Mints a token without HTTP, in the same steps except authentication.
 *
 * @internal
 * @throws {Refusal} with the code that a caller over HTTP would get
 */
export async function issueDirectly<S>(
  settings: Settings<S>,
  subject: S,
  wish: TokenRequestBody,
  context: IssueContext,
  isClosed: () => boolean,
): Promise<TokenReply> {
  // A placeholder request, which is never aborted.
  const state = startRequest(settings, new Request('http://localhost/'), context, 'issue')
  try {
    if (isClosed()) throw new Refusal('draining')
    if (!subject) throw new Refusal('unauthenticated', undefined, { why: NO_SUBJECT })
    return await mint(settings, state, subject, () => wish)
  } catch (error) {
    const refusal = toRefusal(error)
    if (isFailure(refusal, state.request)) {
      void tell(settings.onError, refusal.cause, state.requestId)
    }
    await recordRefused(settings, state, refusal)
    throw refusal
  }
}
