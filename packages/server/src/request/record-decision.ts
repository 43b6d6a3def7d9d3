import type { RequestState } from './request-state.ts'
import { toRefusal } from '../errors/failure.ts'
import { tell } from '../errors/fault-report.ts'
import type { Key } from '../keys/key-ring.ts'
import { type KeyedProject, verifiersOf } from '../keys/project.ts'
import type { Refusal } from '../errors/refusal.ts'
import type { BaseSettings } from '../options/settings.ts'
import {
  grantedEvent,
  refusedEvent,
  type RequestFacts,
  type SignedFacts,
} from '../telemetry/create-token-event.ts'
import type { TokenEvent } from '../telemetry/token-event.ts'

/**
 * Records that a token was signed. If the audit is required, resolves only when the event has been written.
 *
 * @internal
 * @throws what a required audit throws
 */
export function recordGranted(
  settings: BaseSettings,
  state: RequestState,
  signed: SignedFacts,
): void | Promise<void> {
  if (!settings.telemetry && !settings.audit) return
  return record(settings, state, grantedEvent(factsOf(settings, state), signed))
}

/** Records that the signing key has changed, including the first key; not awaited. @internal */
export function recordKey(
  settings: BaseSettings,
  state: RequestState,
  project: KeyedProject,
  { id }: Key,
): void {
  const { telemetry, audit, signingKeys } = settings
  if ((!telemetry && !audit) || signingKeys.get(project.appId) === id) return
  signingKeys.set(project.appId, id)
  const announced = announceKey(settings, state, project, id).catch((error: unknown) => {
    signingKeys.delete(project.appId)
    return tell(settings.onError, toRefusal(error).cause, state.requestId)
  })
  state.context.waitUntil?.(announced)
}

async function announceKey(
  settings: BaseSettings,
  state: RequestState,
  project: KeyedProject,
  keyId: string,
): Promise<void> {
  const verifierIds = (await verifiersOf(project, settings.timeoutMs)).map(({ id }) => id)
  await record(settings, state, { type: 'key.changed', time: settings.clock(), keyId, verifierIds })
}

/** Records that nothing was signed, and why. Never rejects. @internal */
export async function recordRefused(
  settings: BaseSettings,
  state: RequestState,
  { code, why }: Refusal,
): Promise<void> {
  if (!settings.telemetry && !settings.audit) return
  const limiter = code === 'rate_limited' ? state.limits.at(-1)?.name : undefined
  try {
    await record(settings, state, refusedEvent(factsOf(settings, state), code, limiter, why))
  } catch (error) {
    void tell(settings.onError, toRefusal(error).cause, state.requestId)
  }
}

// The audit comes first: the metrics must not count a token that a failed audit holds back.
function record(
  { audit, telemetry }: BaseSettings,
  { context }: RequestState,
  event: TokenEvent,
): void | Promise<void> {
  const writing = audit?.(event, (promise) => context.waitUntil?.(promise))
  if (writing) return writing.then(() => telemetry?.event?.(event))
  telemetry?.event?.(event)
}

function factsOf({ clock }: BaseSettings, state: RequestState): RequestFacts {
  const { requestId, route, timer, context, subjectId, intent, wish } = state
  const ms = performance.now() - state.startedAt
  const { phases } = timer
  return { requestId, route, time: clock(), ms, phases, ip: context.ip, subjectId, intent, wish }
}
