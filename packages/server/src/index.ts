/**
 * A token endpoint for Agora. You give it two functions: one authenticates callers, the other decides what they get.
 *
 * @module
 */

export type { ForeignContext, HostContext, RequestContext } from './http/request-context.ts'
export type { Authorizer } from './policy/policy.ts'
export type { AuthenticateContext, Authenticator } from './auth/authenticator.ts'
export type { ExplainExpectations, Explanation, Identity, RtcPrivilege } from '@rtc-token/core'
export type {
  ProblemCode,
  ProblemDetail,
  Role,
  ServiceName,
  TokenReply,
  TokenRequestBody,
} from '@rtc-token/core/contract'
export {
  bunContext,
  type BunServerLike,
  cloudflareContext,
  denoContext,
  type DenoServeInfoLike,
  type WorkerExecutionLike,
} from './adapters/request-context.ts'
export { type AuthFault, type AuthReason, unauthenticated } from './errors/auth-fault.ts'
export { AuthenticatorUnavailable } from './errors/refusal.ts'
export { firstOf, type SubjectOf } from './auth/authenticator.ts'
export { session } from './auth/session.ts'
export { sharedSecret, type SharedSecretOptions } from './auth/shared-secret.ts'
export { type Subject, subjectIdOf } from './auth/subject.ts'
export type { TicketBounds, TicketScope } from './auth/ticket-scope.ts'
export { createTickets, type Tickets, type TicketsOptions } from './auth/tickets.ts'
export type { CorsOptions } from './http/cors.ts'
export type { Inspection } from './endpoints/inspect.ts'
export type { TokenHandlerOptions, TtlOptions } from './options/handler-options.ts'
export type { IssueContext } from './mint/issue-directly.ts'
export { type AsyncKeysOptions, asyncKeys, type LoadCertificates } from './keys/async-keys.ts'
export { certificateKeys } from './keys/certificate-keys.ts'
export { envKeys, type EnvKeysOptions, type EveryVariable, type KeysEnv } from './keys/env-keys.ts'
export type { KeyErrorSink } from './errors/fault-report.ts'
export type { Key, KeyRing } from './keys/key-ring.ts'
export type { Certificates, SignWith } from './keys/key-set.ts'
export { cloudflareLimiter, type CloudflareRateLimit } from './limit/cloudflare-limiter.ts'
export type { LimitOptions } from './limit/limit-options.ts'
export type { LimiterOptions } from './limit/limiter-options.ts'
export {
  type MemoryLimiter,
  memoryLimiter,
  type MemoryLimiterOptions,
} from './limit/memory-limiter.ts'
export type { LimitPolicy, LimitState, RateLimiter } from './limit/rate-limiter.ts'
export {
  type UpstashAnswer,
  upstashLimiter,
  type UpstashLimiterOptions,
  type UpstashRateLimit,
} from './limit/upstash-limiter.ts'
export type { OpenApiDocument } from './openapi/document.ts'
export type { Json, JsonMembers } from './openapi/prune.ts'
export type { ParamsSchema, SchemaIssue, SchemaResult } from './wish/params-schema.ts'
export {
  allow,
  type Ask,
  type Decision,
  type Denial,
  deny,
  type ForbiddenCode,
  type Grant,
  type PreviousGrant,
  type Wish,
} from './policy/policy.ts'
export {
  appIdFromEnv,
  type KeyedProject,
  type Project,
  PROJECT_VARIABLES,
  type ProjectEnv,
  projectFromEnv,
} from './keys/project.ts'
export { PUBLISHED_PREFIXES } from './keys/published-names.ts'
export type { Readiness } from './endpoints/readiness.ts'
export { Refusal, type RefusalOptions } from './errors/refusal.ts'
export type { PlainReply } from './http/reply.ts'
export { allocateUid } from './policy/allocate-uid.ts'
export { type Report, reportOnly, type ReportOnlyOptions } from './policy/report-only.ts'
export { type Rule, rules, type RulesOptions } from './policy/rules.ts'
export {
  type OpenHooks,
  UNSAFE_TAGS,
  unsafeAllowEveryone,
  type UnsafeAllowEveryoneOptions,
} from './policy/unsafe-allow-everyone.ts'
export type { EventSink } from './telemetry/audit.ts'
export {
  type MemoryRemovals,
  memoryRemovals,
  type MemoryRemovalsOptions,
} from './removal/memory-removals.ts'
export type { Readmission, Removal, RemovedUser } from './removal/read-removal.ts'
export type { Removals } from './removal/removals.ts'
export type { Outcome, ReadmissionReport, RemovalReport } from './removal/remove-user.ts'
export type { BannedUser, BanOrder, UserBans } from './removal/user-bans.ts'
export { redactSecrets } from './errors/redact-secrets.ts'
export { combineTelemetry, type RequestStart, type Telemetry } from './telemetry/telemetry.ts'
export type {
  AuthFailed,
  ConfigWarning,
  DecisionEvent,
  EventIdentity,
  GrantedEvent,
  KeyChanged,
  Limited,
  PhaseName,
  Phases,
  PolicyError,
  RefusedEvent,
  RequestEvent,
  TokenDenied,
  TokenEvent,
  TokenIssued,
  TokenRenewed,
  ModerationEvent,
  UserReadmitted,
  UserRemoved,
} from './telemetry/token-event.ts'
export { createTokenHandler, type TokenHandler } from './token-handler.ts'
