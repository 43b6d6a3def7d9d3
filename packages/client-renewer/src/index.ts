/**
 * Keeps an Agora client supplied with a live token.
 *
 * @module
 */
export { type Clock, systemClock } from './environment/clock.ts'
export { isRenewError, RenewError, type RenewErrorCode, type RenewErrorOptions } from './errors.ts'
export type { Phase, Renewed, RenewerEvents, Republished, Retry } from './events.ts'
export { type HeaderFields, httpSource, type HttpSourceOptions } from './http-source.ts'
export { renewalDelay } from './renewal-delay.ts'
export type { RenewerOptions } from './renewer-options.ts'
export { createRenewer, type Renewer } from './renewer.ts'
export type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
} from './session-adapter.ts'
export type { RenewReason, TokenGrant, TokenRequest, TokenSource } from './token-source.ts'
