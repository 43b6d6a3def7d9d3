import type { HookRunner } from '../request/hook-runner.ts'
import type { TokenReply } from '@rtc-token/core/contract'

import type { Asked } from '../request/request-state.ts'
import { subjectIdOf } from '../auth/subject.ts'
import { scopeOf } from '../auth/ticket-scope.ts'
import { isThenable } from '../time/deadline.ts'
import { applyDecision, type SignableWish } from '../policy/apply-decision.ts'
import { PolicyAsk } from '../request/hook-context.ts'
import { issueToken } from './issue-token.ts'
import type { Key } from '../keys/key-ring.ts'
import type { GuardedAnswer } from '../limit/guarded-limiter.ts'
import type { LimitKind } from '../limit/limit-options.ts'
import type { LimitState } from '../limit/rate-limiter.ts'
import type { JsonObject } from '../checks/json-object.ts'
import { checkParamsBySchema, type ParamsSchema } from '../wish/params-schema.ts'
import type { Ask, Decision } from '../policy/policy.ts'
import { signerOf } from '../keys/project-keys.ts'
import type { KeyedProject } from '../keys/project.ts'
import { completeRenewal, completeWish, type Intent, isRenewal } from '../wish/complete-wish.ts'
import type { BaseSettings, Settings } from '../options/settings.ts'
import { recordGranted, recordKey } from '../request/record-decision.ts'
import { Refusal } from '../errors/refusal.ts'
import { readWish, type WishDraft } from '../wish/read-wish.ts'

/** What takes part in deciding about one request. @internal */
export interface Minting<S> {
  readonly settings: Settings<S>
  readonly asked: Asked
  readonly hooks: HookRunner
}

/**
 * Signs what the policy grants of a wish to someone who is known: the one way in which anything is
 * ever signed.
 *
 * @internal
 * @throws {Refusal} with the reason; and whatever a broken policy or key ring throws
 */
export async function mint<S>(
  minting: Minting<S>,
  subject: S,
  readJson: () => unknown,
): Promise<TokenReply> {
  const { settings, asked } = minting
  const subjectCount = limitSubject(minting, subject)
  if (subjectCount) await subjectCount
  const draft = readWish(readJson(), settings)
  const params = settings.params ? await checkParams(minting, draft, settings.params) : draft.params
  const intent = isRenewal(draft) ? await completeRenewal(draft, settings) : completeWish(draft)
  noteIntent(asked, intent)
  const decision = await authorize(minting, intent, { subject, params })
  const now = settings.clock() / 1000
  const granted = applyDecision(decision, intent.wish, {
    scope: scopeOf(subject, asked.request),
    previous: intent.previous,
    now,
    minTtl: settings.ttl.min,
  })
  const channelCount = limitChannel(minting, granted)
  if (channelCount) await channelCount
  const project = settleProject(settings, decision, intent.project)
  refuseWhoHasGone(asked)
  const key = await signerOf(project, settings.timeoutMs)
  recordKey(settings, asked, project, key)
  const reply = await sign(minting, granted, { project, key, now })
  const { token, expiresIn } = reply
  const tags = decision.allow ? decision.tags : undefined
  const recorded = recordGranted(settings, asked, {
    granted,
    token,
    expiresIn,
    keyId: key.id,
    tags,
  })
  if (recorded) await recorded
  return reply
}

function checkParams<S>(
  { hooks }: Minting<S>,
  { params }: WishDraft,
  schema: ParamsSchema,
): JsonObject | Promise<JsonObject> {
  return hooks.run('params', () => checkParamsBySchema(params, schema))
}

/** What counting a request needs. @internal */
export interface Counting {
  readonly settings: BaseSettings
  readonly asked: Asked
}

/**
 * Counts a request of a kind that has a limit.
 *
 * @internal
 * @throws {Refusal} rate_limited or limiter_unavailable
 */
export function countRequest(
  counting: Counting,
  kind: LimitKind,
  key: string | undefined,
): Promise<void> | undefined {
  const { settings, asked } = counting
  if (!settings.limits.enabled[kind]) return undefined
  // A wish without a channel lacks nothing.
  if (key === undefined) return kind === 'channel' ? undefined : settings.limits.uncountable(kind)
  const check = (): GuardedAnswer =>
    asked.timer.run('limit', () => settings.limits.check(kind, key, asked))
  return noteLimit(asked.limits, check)
}

/** Takes note of what a limit says, also when it refuses. */
function noteLimit(limits: LimitState[], check: () => GuardedAnswer): Promise<void> | undefined {
  const note = (state: LimitState | undefined): undefined => void (state && limits.push(state))
  const refuse = (error: unknown): never => {
    if (error instanceof Refusal) note(error.limit)
    throw error
  }
  try {
    const state = check()
    return isThenable(state) ? state.then(note, refuse) : note(state)
  } catch (error) {
    return refuse(error)
  }
}

function limitSubject<S>(minting: Minting<S>, subject: S): Promise<void> | undefined {
  const subjectId = subjectIdOf(subject)
  if (subjectId !== undefined) minting.asked.subjectId = subjectId
  return countRequest(minting, 'subject', subjectId)
}

function limitChannel<S>(
  minting: Minting<S>,
  { channel }: SignableWish,
): Promise<void> | undefined {
  return countRequest(minting, 'channel', channel || undefined)
}

function authorize<S>(
  { settings, asked, hooks }: Minting<S>,
  { intent, wish, previous }: Intent,
  by: Pick<Ask<S>, 'subject' | 'params'>,
): Decision | Promise<Decision> {
  const question = { subject: by.subject, params: by.params, intent, wish, previous }
  const ask = new PolicyAsk<S>(question, asked.context.ip, hooks)
  return asked.timer.run('authorize', () => hooks.run('authorize', () => settings.authorize(ask)))
}

// A renewal in another project would be a token for another App ID: the call it is for would end.
function settleProject(
  { projects }: BaseSettings,
  decision: Decision,
  previous: KeyedProject | undefined,
): KeyedProject {
  const named = decision.allow ? decision.project : undefined
  if (previous && named === undefined) return previous
  const project = projects.named(named)
  if (!previous || previous === project) return project
  throw new TypeError('authorize: granted a renewal in another project than that of the token')
}

function sign(
  { settings, asked }: Counting,
  granted: SignableWish,
  {
    project,
    key,
    now,
  }: { readonly project: KeyedProject; readonly key: Key; readonly now: number },
): TokenReply | Promise<TokenReply> {
  const { version, random } = settings
  const signer = { appId: project.appId, key, version, issuedAt: Math.floor(now), random }
  return asked.timer.run('sign', () => issueToken(granted, signer, asked.requestId))
}

// A token for nobody, and an audit log that says somebody has it, help no one.
function refuseWhoHasGone({ context, request }: Asked): void {
  if (!(context.isGone?.() ?? request.signal.aborted)) return
  throw new DOMException('The caller has gone', 'AbortError')
}

function noteIntent(asked: Asked, { intent, wish }: Intent): void {
  asked.intent = intent
  asked.wish = wish
}
