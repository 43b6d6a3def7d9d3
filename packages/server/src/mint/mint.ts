import type { TokenReply } from '@rtc-token/core/contract'

import { countRequest } from '../request/count-request.ts'
import type { RequestState } from '../request/request-state.ts'
import { subjectIdOf } from '../auth/subject.ts'
import { scopeOf } from '../auth/ticket-scope.ts'
import { applyDecision } from '../policy/apply-decision.ts'
import { PolicyAsk } from '../request/hooks.ts'
import { issueToken } from './issue-token.ts'
import { checkParamsBySchema } from '../wish/params-schema.ts'
import type { Ask, Decision } from '../policy/policy.ts'
import { type KeyedProject, signerOf } from '../keys/project.ts'
import { completeRenewal, completeWish, type Intent } from '../wish/complete-wish.ts'
import type { BaseSettings, Settings } from '../options/settings.ts'
import { recordGranted, recordKey } from '../request/record-decision.ts'
import { isThenable } from '../time/deadline.ts'
import { readWish } from '../wish/read-wish.ts'

/**
 * Asks the policy about an authenticated caller's wish and signs what it grants. Every token is signed here.
 *
 * @internal
 * @throws {Refusal} with the reason; also any error that the policy or the key ring throws
 */
export async function mint<S>(
  settings: Settings<S>,
  state: RequestState,
  subject: S,
  readJson: () => unknown,
): Promise<TokenReply> {
  state.subjectId = subjectIdOf(subject)
  const counting = countRequest(settings, state, 'subject', state.subjectId)
  if (counting) await counting
  const draft = readWish(readJson(), settings)
  const schema = settings.params
  const params = schema
    ? await state.hooks.run('params', () => checkParamsBySchema(draft.params, schema))
    : draft.params
  const { previousToken } = draft
  const intent =
    previousToken === undefined
      ? completeWish(draft)
      : await completeRenewal(draft, previousToken, settings)
  state.intent = intent.intent
  state.wish = intent.wish
  const watch = settings.removals?.watch(state.subjectId)
  if (watch) await watch.refuseRemoved(intent.wish)
  const asking = authorize(settings, state, intent, { subject, params })
  const decision = isThenable(asking) ? await asking : asking
  const now = settings.clock() / 1000
  const granted = applyDecision(decision, intent.wish, {
    scope: scopeOf(subject, state.request),
    previous: intent.previous,
    now,
    minTtl: settings.ttl.min,
  })
  const countingChannel = countRequest(settings, state, 'channel', granted.channel || undefined)
  if (countingChannel) await countingChannel
  const project = settleProject(settings, decision, intent.project)
  refuseGoneCaller(state)
  const loading = signerOf(project, settings.timeoutMs)
  const key = isThenable(loading) ? await loading : loading
  recordKey(settings, state, project, key)
  // Again, because the policy may have chosen the user, or the user may have been removed while it did.
  if (watch) await watch.refuseRemoved(granted)
  const { version, random } = settings
  const issuedAt = Math.floor(now)
  const isFirst = previousToken === undefined
  const signer = { appId: project.appId, key, version, issuedAt, isFirst, random }
  const signing = state.timer.run('sign', () => issueToken(granted, signer, state.requestId))
  const reply = isThenable(signing) ? await signing : signing
  const { token, expiresIn } = reply
  const tags = decision.allow ? decision.tags : undefined
  const recording = recordGranted(settings, state, {
    granted,
    token,
    expiresIn,
    keyId: key.id,
    tags,
  })
  if (recording) await recording
  return reply
}

function authorize<S>(
  settings: Settings<S>,
  { context, hooks, timer }: RequestState,
  { intent, wish, previous }: Intent,
  by: Pick<Ask<S>, 'subject' | 'params'>,
): Decision | Promise<Decision> {
  const question = { subject: by.subject, params: by.params, intent, wish, previous }
  const ask = new PolicyAsk<S>(question, context.ip, hooks)
  return timer.run('authorize', () => hooks.run('authorize', () => settings.authorize(ask)))
}

// A renewal in another project would give a token for another App ID, which ends the call.
function settleProject(
  { projects }: BaseSettings,
  decision: Decision,
  previous: KeyedProject | undefined,
): KeyedProject {
  const named = decision.allow ? decision.project : undefined
  if (previous && named === undefined) return previous
  const project = projects.named(named)
  if (!previous || previous === project) return project
  throw new TypeError('authorize: granted a renewal in a project other than that of the token')
}

// Otherwise the audit log would record a token that never reached the caller.
function refuseGoneCaller({ context, request }: RequestState): void {
  if (!(context.isGone?.() ?? request.signal.aborted)) return
  throw new DOMException('The caller has disconnected', 'AbortError')
}
